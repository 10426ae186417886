import { PHOTO_CANARY, takePhoto } from "../photos/make.ts";
import { findMetadata, look } from "../photos/read.ts";
import { parentsWords, photoOnItsSide, photoWithPlace } from "../photos/real.ts";
import { expect, test } from "../support/fixtures.ts";

const RED = [254, 0, 0];
const GREEN = [0, 128, 0];
const BLUE = [0, 0, 254];
const YELLOW = [255, 255, 0];

/** JPEG moves a colour a little. */
function expectNear(seen: number[] | undefined, wanted: number[], what: string): void {
  const distance = Math.max(...wanted.map((value, i) => Math.abs(value - (seen?.[i] ?? -999))));
  expect(distance, `${what} is ${seen}, wanted ${wanted}`).toBeLessThan(24);
}

test("a 12-megapixel photo on its side is kept upright, smaller and without a word about its origin", async ({ phone, app }) => {
  await phone.open("/make/story");
  const taken = await takePhoto(phone.page, 4000, 3000, { orientation: 6, taken: "2026:05:03 14:20:00", place: [51.5007, -0.1246] });
  expect(await findMetadata(phone.page, taken), "the camera's file does tell").toContain(PHOTO_CANARY);
  await app.make.pictures.add("big.jpg", taken);

  const thumbnail = await app.make.pictures.bytes(0);
  expect(await findMetadata(phone.page, thumbnail)).toEqual([]);
  expect(await look(phone.page, thumbnail)).toMatchObject({ width: 240, height: 320 });

  await app.make.save();
  await app.make.waitUntilSaved();
  await app.saved.seeIt();
  const photo = await app.item.photoBytes(0);
  expect(await findMetadata(phone.page, photo)).toEqual([]);
  const seen = await look(phone.page, photo);
  expect(seen).toMatchObject({ width: 1200, height: 1600 });
  expectNear(seen.corners[0], RED, "the marked corner, top left");
  expectNear(seen.corners[1], GREEN, "top right");
  expectNear(seen.corners[2], BLUE, "bottom left");
  expectNear(seen.corners[3], YELLOW, "bottom right");
});

test("a small photo is never enlarged", async ({ phone, app }) => {
  await phone.open("/make/story");
  await app.make.pictures.add("small.jpg", await takePhoto(phone.page, 200, 120, { taken: "2026:05:03 14:20:00" }));
  expect(await look(phone.page, await app.make.pictures.bytes(0))).toMatchObject({ width: 200, height: 120 });
  await app.make.save();
  await app.make.waitUntilSaved();
  await app.saved.seeIt();
  expect(await look(phone.page, await app.item.photoBytes(0))).toMatchObject({ width: 200, height: 120 });
});

test("the day a photo was taken is offered as the day it happened", async ({ phone, app }) => {
  await phone.open("/make/story");
  await app.make.pictures.add("may.jpg", await takePhoto(phone.page, 800, 600, { taken: "2026:05:03 23:20:00" }));
  await app.make.choosePhotosDay(/3 May 2026/);
  await app.make.save();
  await app.make.waitUntilSaved();
  await app.saved.seeIt();
  await expect(app.item.facts).toContainText("3 May 2026");
});

test("a parent's story with two camera photos keeps every word and neither place nor machine", async ({ phone, app }) => {
  await phone.open("/make/story");
  await app.make.write(parentsWords());
  await app.make.pictures.add("DSCN0010.jpg", await photoWithPlace(phone.page));
  await app.make.pictures.add("portrait_6.jpg", await photoOnItsSide(phone.page));
  await app.make.save();
  await app.make.waitUntilSaved();
  await app.saved.seeIt();
  await expect(app.item.photos).toHaveCount(2);
  for (const i of [0, 1]) expect(await findMetadata(phone.page, await app.item.photoBytes(i))).toEqual([]);
  const upright = await look(phone.page, await app.item.photoBytes(1));
  expect(upright.height, "the photo on its side stands").toBeGreaterThan(upright.width);
  await expect(app.item.words).toContainText(parentsWords().slice(0, 60));
});

for (const [what, name, type, bytes] of [
  ["a file that is no picture", "notes.jpg", "image/jpeg", Buffer.from("this is no picture")],
  ["a HEIC photo that this browser cannot read", "IMG_0001.heic", "image/heic", Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic")],
  ["a photo cut off half-way", "cut.jpg", "image/jpeg", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46])],
] as const) {
  test(`${what} is answered in words, and the words stay`, async ({ phone, app }) => {
    await phone.open("/make/story");
    await app.make.write("The words are what matters.");
    await app.make.pictures.offer(name, type, bytes);
    await expect(app.make.pictures.problem).toBeVisible();
    await expect(app.make.pictures.all).toHaveCount(0);
    await expect(app.make.field("story.words")).toHaveValue("The words are what matters.");
    await app.make.save();
    await app.make.waitUntilSaved();
  });
}

test("a video is answered in words, and the words stay", async ({ phone, app }) => {
  await phone.open("/make/story");
  await app.make.write("He danced.");
  await app.make.pictures.offer("dance.mp4", "video/mp4", Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0mp42isom"));
  await expect(app.make.pictures.problem).toContainText(/video/i);
  await expect(app.make.field("story.words")).toHaveValue("He danced.");
});

test("a removed photo comes back with undo, and its caption is kept", async ({ phone, app }) => {
  await phone.open("/make/story");
  await app.make.addMadePhoto();
  await app.make.pictures.caption(0, "Sam at the pond");
  await app.make.pictures.remove(0);
  await expect(app.make.pictures.all).toHaveCount(0);
  await app.undo();
  await expect(app.make.pictures.all).toHaveCount(1);
  await app.make.save();
  await app.make.waitUntilSaved();
  await app.saved.seeIt();
  await expect(app.item.record).toContainText("Sam at the pond");
});
