// The very bytes behind a shown picture. The content policy lets no script fetch a blob: address,
// so each blob is remembered when the app makes its address.
import { type BrowserContext, type Locator, expect } from "@playwright/test";

export async function rememberShownPhotos(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const shown = new Map<string, Blob>();
    const makeAddress = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob: Blob | MediaSource) => {
      const address = makeAddress(blob);
      if (blob instanceof Blob) shown.set(address, blob);
      return address;
    };
    Object.assign(window, { shownPhotos: shown });
  });
}

export async function readShownPhoto(image: Locator): Promise<Buffer> {
  await expect(image).toBeVisible();
  await expect.poll(() => isDrawn(image)).toBe(true);
  const encoded = await image.evaluate(async (element) => {
    const shown = (window as unknown as { shownPhotos: Map<string, Blob> }).shownPhotos;
    const blob = shown.get((element as HTMLImageElement).src);
    if (!blob) throw new Error("this picture was not made by the app");
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  });
  return Buffer.from(encoded, "base64");
}

export function isDrawn(image: Locator): Promise<boolean> {
  return image.evaluate((element) => {
    const picture = element as HTMLImageElement;
    return picture.complete && picture.naturalWidth > 0;
  });
}
