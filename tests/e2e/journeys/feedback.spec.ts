import { expect, test } from "../support/fixtures.ts";

const PROMISES = /\b(sent|send|sends|sending|heard|hear|deliver\w*|receiv\w*|submit\w*)\b/i;
const ONLY_YOURS = "Only your family has this. To give it to them, print or share it.";

test("before and after saving, feedback says that only the family has it", async ({ phone, app }) => {
  await phone.open("/make/feedback");
  await app.make.waitUntilShown();
  await expect(phone.page.getByText(ONLY_YOURS)).toBeVisible();
  await expect(app.print).toBeVisible();
  await expect(app.share).toBeVisible();
  expect(await app.visibleText()).not.toMatch(PROMISES);

  await app.make.choose("feedback.sort", "complaint");
  await app.make.fill("feedback.to", "The school bus");
  await app.make.write("Nobody told us that the stop moved.");
  await app.make.save();
  await app.make.waitUntilSaved();
  await expect(phone.page.getByText(ONLY_YOURS)).toBeVisible();
  await expect(app.print).toBeVisible();
  await expect(app.share).toBeVisible();
  expect(await app.visibleText()).not.toMatch(PROMISES);

  await app.saved.seeIt();
  await expect(phone.page.getByText(ONLY_YOURS)).toBeVisible();
  await expect(app.print).toBeVisible();
  await expect(app.share).toBeVisible();
  expect(await app.visibleText()).not.toMatch(PROMISES);
});

test("the printed page has the words and no buttons", async ({ phone, app }) => {
  await app.tell("feedback", { words: "Thank you for the quiet corner." });
  await app.ours.open();
  await app.ours.openCard("Thank you for the quiet corner.");
  await phone.page.evaluate(() => {
    window.print = () => document.documentElement.setAttribute("data-printed", "yes");
  });
  await app.print.click();
  await expect(phone.page.locator("html")).toHaveAttribute("data-printed", "yes");
  await phone.page.emulateMedia({ media: "print" });
  await expect(app.item.words).toBeVisible();
  await expect(app.print).toBeHidden();
  await expect(app.bottomBar).toBeHidden();
});

test("sharing hands over the words and the photo, nothing else", async ({ phone, app }) => {
  // This browser has no share sheet: what the app hands to it is written down instead.
  await phone.context.addInitScript(() => {
    const handed = ((window as any).handed = [] as unknown[]);
    Object.assign(navigator, {
      canShare: () => true,
      share: async (data: ShareData) => {
        handed.push({ ...data, files: data.files?.map((file) => ({ name: file.name, type: file.type, size: file.size })) });
      },
    });
  });
  await app.tell("feedback", { words: "The lift worked. Thank you.", photo: true });
  await app.ours.open();
  await app.ours.openCard("The lift worked.");
  await app.share.click();
  await expect.poll(() => phone.page.evaluate(() => (window as any).handed.length)).toBe(1);
  const [handed] = await phone.page.evaluate(() => (window as any).handed);
  expect(handed.text).toContain("The lift worked. Thank you.");
  expect(handed.url).toBeUndefined();
  expect(handed.files).toMatchObject([{ type: "image/jpeg" }]);
});
