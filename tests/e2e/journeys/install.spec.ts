// The way onto the home screen, in the browser's own words or by its own question.
import { expect, test } from "../support/fixtures.ts";

test("where the browser offers it Settings has a button, which asks once and says what came of it", async ({ phone, app }) => {
  // Chromium's own offer comes when it likes, and opens a question that no test can answer.
  await phone.context.addInitScript(() => {
    window.addEventListener("beforeinstallprompt", (event) => event.isTrusted && event.stopImmediatePropagation());
  });
  await phone.open("/settings");
  await app.settings.waitUntilShown();
  await expect(app.settings.install).toContainText(app.word("settings.install_other"));
  await expect(app.settings.installNow).toHaveCount(0);
  for (const [outcome, said] of [["dismissed", "settings.install_not"], ["accepted", "settings.install_done"]] as const) {
    await phone.page.evaluate((outcome) => {
      const offer = new Event("beforeinstallprompt", { cancelable: true });
      window.dispatchEvent(Object.assign(offer, { prompt: () => Promise.resolve(), userChoice: Promise.resolve({ outcome }) }));
    }, outcome);
    await app.bottomBar.getByRole("link", { name: app.word("nav.ours"), exact: true }).tap();
    await app.ours.waitUntilShown();
    await app.bottomBar.getByRole("link", { name: app.word("nav.settings"), exact: true }).tap();
    await app.settings.installNow.tap();
    await expect(app.toast).toContainText(app.word(said));
    await expect(app.settings.installNow).toHaveCount(0);
  }
});

test("Home offers the home screen once something is saved, until somebody says no", async ({ phone, app }) => {
  await phone.open();
  await app.waitUntilOffline();
  await app.tell("story", { words: "She fed the ducks." });
  await phone.open();
  await expect(app.home.install).toBeVisible();
  await expect(app.page.getByText(app.word("home.install"))).toHaveCount(0);
  await app.home.install.tap();
  await app.settings.waitUntilShown();
  await expect(app.settings.install).toBeInViewport();
  await phone.page.goBack();
  await app.home.declineInstall();
  await phone.open();
  await expect(app.ours.card("She fed the ducks.")).toBeVisible();
  await expect(app.home.install).toHaveCount(0);
});

test.describe("on an iPhone", () => {
  const userAgent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";
  test.use({ phoneOptions: { userAgent } });

  test("it is the home screen first and then the invite, and what Safari does to a site is said", async ({ phone, app }) => {
    await phone.open("/join#v1.an-invite");
    await app.join.waitUntilShown();
    for (const line of ["join.install", "settings.install_apple", "join.install_then"]) {
      await expect(app.page.getByText(app.word(line), { exact: true })).toBeVisible();
    }
    await expect(app.join.box, "the link is not used up here").toHaveCount(0);
    await app.join.joinHere();
    await expect(app.join.trouble.or(app.join.box).first()).toBeVisible();
    await app.waitUntilOffline();
    await app.tell("story", { words: "She fed the ducks." });
    await phone.open();
    await expect(app.page.getByText(app.word("home.install"))).toBeVisible();
    await app.home.install.tap();
    await expect(app.settings.install).toContainText(app.word("settings.install_apple"));
    await expect(app.settings.install).toContainText(app.word("settings.install_empty"));
  });
});
