// Photos that the tests make themselves, so that they run everywhere.
import type { Page } from "@playwright/test";
import { type ExifFacts, exifSegment } from "./exif.ts";
import { addSegments, commentSegment, iptcSegment, xmpSegment } from "./segments.ts";

export type Colour = "red" | "green" | "blue" | "yellow";
/** Top left, top right, bottom left, bottom right. */
export type Corners = [Colour, Colour, Colour, Colour];

export const CORNERS: Corners = ["red", "green", "blue", "yellow"];
/** Found in every metadata block of a photo made here; must be found nowhere else. */
export const PHOTO_CANARY = "camera-canary-7351";

/** A plain JPEG whose corners a person could tell apart, as it lies in the file. */
export async function drawPhoto(page: Page, width: number, height: number, corners: Corners): Promise<Buffer> {
  const encoded = await page.evaluate(
    async ({ width, height, corners }) => {
      const canvas = new OffscreenCanvas(width, height);
      const pen = canvas.getContext("2d")!;
      const sky = pen.createLinearGradient(0, 0, width, height);
      sky.addColorStop(0, "#8fc1ff");
      sky.addColorStop(1, "#f1ece3");
      pen.fillStyle = sky;
      pen.fillRect(0, 0, width, height);
      const [x, y] = [width / 4, height / 4];
      [[0, 0], [width - x, 0], [0, height - y], [width - x, height - y]].forEach(([left, top], i) => {
        pen.fillStyle = corners[i]!;
        pen.fillRect(left!, top!, x, y);
      });
      const bytes = await (await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 })).arrayBuffer();
      return btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""));
    },
    { width, height, corners },
  );
  return Buffer.from(encoded, "base64");
}

/** As a phone's camera leaves it: all the metadata there is. */
export async function takePhoto(page: Page, width: number, height: number, facts: ExifFacts): Promise<Buffer> {
  const drawn = await drawPhoto(page, width, height, cornersInFile(facts.orientation ?? 1));
  return addSegments(drawn, [
    exifSegment({ maker: PHOTO_CANARY, ...facts }),
    xmpSegment(PHOTO_CANARY),
    iptcSegment(PHOTO_CANARY),
    commentSegment(PHOTO_CANARY),
  ]);
}

/** A plain JPEG that does not get small: grain everywhere, the same each time. */
export async function drawGrain(page: Page, width: number, height: number): Promise<Buffer> {
  const encoded = await page.evaluate(
    async ({ width, height }) => {
      const canvas = new OffscreenCanvas(width, height);
      const pen = canvas.getContext("2d")!;
      const picture = pen.createImageData(width, height);
      let state = 1;
      picture.data.forEach((_, i) => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        picture.data[i] = i % 4 === 3 ? 255 : state >>> 24;
      });
      pen.putImageData(picture, 0, 0);
      const bytes = await (await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 })).arrayBuffer();
      return btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""));
    },
    { width, height },
  );
  return Buffer.from(encoded, "base64");
}

/** Where the colours lie in the file so that a person who sees it upright finds them at `CORNERS`. */
function cornersInFile(orientation: number): Corners {
  const [topLeft, topRight, bottomLeft, bottomRight] = CORNERS;
  // 6: the file's first row is the right-hand side, its first column the top.
  if (orientation === 6) return [topRight, bottomRight, topLeft, bottomLeft];
  if (orientation === 1) return CORNERS;
  throw new Error(`orientation ${orientation} is not drawn here`);
}
