// Looks at a photo that the app gives back.
import type { Page } from "@playwright/test";
import { CORNERS, PHOTO_CANARY, drawPhoto } from "./make.ts";
import { APP0, COMMENT, readSegments } from "./segments.ts";

export interface Seen {
  width: number;
  height: number;
  /** Red, green, blue of a point well inside each corner: top left, top right, bottom left, bottom right. */
  corners: [number, number, number][];
}

/** Its size and corners. Says where things lie in the file only for a photo without an orientation flag. */
export async function look(page: Page, photo: Buffer): Promise<Seen> {
  return page.evaluate(async (encoded) => {
    const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
    const { width, height } = picture;
    const pen = new OffscreenCanvas(width, height).getContext("2d")!;
    pen.drawImage(picture, 0, 0);
    const point = (x: number, y: number): [number, number, number] => {
      const [red, green, blue] = pen.getImageData(Math.floor(x * width), Math.floor(y * height), 1, 1).data;
      return [red!, green!, blue!];
    };
    return { width, height, corners: [point(0.1, 0.1), point(0.9, 0.1), point(0.1, 0.9), point(0.9, 0.9)] };
  }, photo.toString("base64"));
}

/** What should not be in it; empty when the picture is all there is. */
export async function findMetadata(page: Page, photo: Buffer): Promise<string[]> {
  // The browser's encoder names its own colours in a picture that never saw a camera, too.
  const own = readSegments(await drawPhoto(page, 8, 8, CORNERS)).map(({ body }) => body.toString("base64"));
  const found = readSegments(photo)
    .filter(({ marker }) => (marker > APP0 && marker <= 0xef) || marker === COMMENT)
    .filter(({ body }) => !own.includes(body.toString("base64")))
    .map(({ marker, body }) => `segment ${marker.toString(16)} of ${body.length} bytes`);
  for (const word of ["Exif", "http://ns.adobe.com", "Photoshop 3.0", "8BIM", "GPS", "NIKON", "Canon", PHOTO_CANARY]) {
    if (photo.includes(word)) found.push(word);
  }
  return found;
}
