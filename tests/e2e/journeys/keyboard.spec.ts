import type { App } from "../pages/app.ts";
import { fillPhone } from "../support/family.ts";
import { expect, test } from "../support/fixtures.ts";
import { tabTo } from "../support/keyboard.ts";
import { listScreens, openScreen } from "../support/screens.ts";

/** What is there when the screen's main action was used. */
const THEN: Record<string, (app: App) => Promise<void>> = {
  home: (app) => app.make.waitUntilShown(),
  make: (app) => app.make.waitUntilShown(),
  "make-story": (app) => app.saved.waitUntilShown(),
  "make-feedback": (app) => app.saved.waitUntilShown(),
  "make-achievement": (app) => app.saved.waitUntilShown(),
  edit: (app) => app.saved.waitUntilShown(),
  saved: (app) => app.item.waitUntilShown(),
  ours: (app) => app.item.waitUntilShown(),
  item: (app) => app.make.waitUntilShown(),
  earlier: (app) => expect(app.earlier.heading).toBeFocused(),
  bin: (app) => expect(app.bin.cards).toHaveCount(0),
  children: (app) => expect(app.page.getByRole("button", { name: app.word("child.rename_of", { name: "Wren" }) })).toBeVisible(),
  people: (app) => app.invite.waitUntilShown(),
  invite: (app) => expect(app.invite.heading).toBeFocused(),
  move: (app) => expect(app.moving.heading).toBeFocused(),
  join: (app) => expect(app.join.trouble).toContainText(app.word("join.empty")),
  backup: (app) => expect(app.backup.trouble).toContainText(app.word("backup.weak")),
  restore: (app) => expect(app.restore.trouble).toContainText(app.word("restore.no_file")),
  "restore-words": (app) => expect(app.restoreWords.trouble).toContainText(app.word("return.missing", { number: "1" })),
  words: (app) => expect(app.words.list).toBeVisible(),
  "hand-over": (app) => expect(app.handOver.missing).toBeVisible(),
  "edit-page": (app) => app.saved.waitUntilShown(),
  leave: (app) => expect(app.leave.question).toBeVisible(),
  settings: (app) => expect(app.page.locator("html")).toHaveAttribute("data-theme", "dark"),
  // The telephone is another program's.
  help: (app) => expect(app.help.mainAction).toHaveAttribute("href", "tel:999"),
  "not-found": (app) => app.home.waitUntilShown(),
};

test("every screen's main action is reached and used with the keyboard alone", async ({ app, phone }) => {
  test.slow();
  const family = await fillPhone(app);
  for (const listed of listScreens()) {
    await test.step(listed.name, async () => {
      const screen = await openScreen(app, listed, family.story);
      if (screen === app.make) await typeWords(app);
      if (screen === app.children) await typeName(app);
      if (screen === app.settings) await tabTo(phone.page, app.settings.themeInUse);
      else await tabTo(phone.page, screen.mainAction);
      await phone.page.keyboard.press(keyFor(listed.name));
      await THEN[listed.name]!(app);
    });
  }
});

test("the first press of Tab offers to skip to the words", async ({ phone, app }) => {
  await phone.open("/help");
  await app.help.waitUntilShown();
  await phone.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await phone.page.keyboard.press("Tab");
  const skip = phone.page.getByRole("link", { name: app.word("app.skip") });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
});

test("going from screen to screen moves the focus to the heading and names the page", async ({ phone, app }) => {
  await phone.open();
  await app.home.waitUntilShown();
  await app.bottomBar.getByRole("link", { name: app.word("nav.settings") }).tap();
  await expect(app.settings.heading).toBeFocused();
  await expect(phone.page).toHaveTitle(new RegExp(app.word("settings.title")));
  await app.bottomBar.getByRole("link", { name: app.word("nav.ours") }).tap();
  await expect(app.ours.heading).toBeFocused();
  await expect(phone.page).toHaveTitle(new RegExp(app.word("ours.title")));
});

async function typeWords(app: App): Promise<void> {
  await tabTo(app.page, app.make.words);
  await app.page.keyboard.type("By keyboard.");
}

async function typeName(app: App): Promise<void> {
  await tabTo(app.page, app.children.newName);
  await app.page.keyboard.type("Wren");
}

function keyFor(screen: string): string {
  if (screen === "settings") return "ArrowLeft";
  return screen === "help" ? "Shift" : "Enter";
}
