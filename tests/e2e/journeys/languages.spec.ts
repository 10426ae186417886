import { expect, test } from "../support/fixtures.ts";
import { wordsOf } from "../support/words.ts";

test("Urdu stays after a reload without internet, read from right to left", async ({ phone, server, app }) => {
  await phone.open("/settings");
  await app.waitUntilOffline();
  await app.settings.chooseLanguage("ur");
  await expect(phone.page.locator("html")).toHaveAttribute("lang", "ur");
  await expect(phone.page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(app.settings.unreviewed).toBeVisible();

  await server.kill();
  await phone.page.reload();
  await app.settings.waitUntilShown();
  await expect(phone.page.locator("html")).toHaveAttribute("dir", "rtl");
  await phone.open();
  await app.home.waitUntilShown();
});

test("a change of language reaches Home's words, which stand in the page itself", async ({ phone, app }) => {
  await phone.open();
  await app.home.waitUntilShown();
  await app.bottomBar.getByRole("link", { name: app.word("nav.settings") }).tap();
  await app.settings.chooseLanguage("ur");
  await expect(phone.page.locator("html")).toHaveAttribute("lang", "ur");
  await app.bottomBar.getByRole("link", { name: app.word("nav.home") }).tap();
  await app.home.waitUntilShown();
  await expect(app.home.heading).toBeFocused();
  await expect(app.home.mainAction).toBeVisible();
});

test.describe("on a phone set to Urdu", () => {
  test.use({ phoneOptions: { locale: "ur-PK" } });

  test("the very first screen is in Urdu", async ({ phone, app }) => {
    app.language = "ur";
    await phone.open();
    await app.home.waitUntilShown();
    await expect(phone.page.locator("html")).toHaveAttribute("lang", "ur");
    await expect(phone.page.locator("html")).toHaveAttribute("dir", "rtl");
  });
});

test("English words in an Urdu page and Urdu words in an English page each run their own way", async ({ phone, app }) => {
  await app.tell("story", { words: "آج ہم پارک گئے۔" });
  await app.ours.open();
  await app.ours.openCard("آج ہم پارک گئے۔");
  expect(await app.item.words.evaluate((element) => getComputedStyle(element).direction)).toBe("rtl");
  expect(phone.isRunning).toBe(true);
});

test("Urdu has every word that English has", () => {
  const missing = Object.keys(wordsOf("en")).filter((key) => !wordsOf("ur")[key]);
  expect(missing).toEqual([]);
});
