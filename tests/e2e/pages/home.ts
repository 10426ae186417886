import { type Locator, expect } from "@playwright/test";
import { Screen } from "./screen.ts";

export class HomeScreen extends Screen {
  get heading(): Locator {
    return this.page.locator("#app").getByRole("heading", { level: 1, name: this.word("shell.title") });
  }

  get mainAction(): Locator {
    return this.page.locator("#app").getByRole("link", { name: this.word("shell.story") });
  }

  /** One for each thing that is not saved yet. */
  get drafts(): Locator {
    return this.page.locator("#app [data-draft]");
  }

  /** What waits for this person: somebody at the door, or a joining under way. */
  get waiting(): Locator {
    return this.page.locator("#app .sticky-action");
  }

  /** Before wasm has come this presses the static link, as an impatient person would. */
  async tellStory(): Promise<void> {
    await this.page.getByRole("link", { name: this.word("shell.story") }).tap();
  }

  async addWin(): Promise<void> {
    await this.page.getByRole("link", { name: this.word("shell.achievement") }).tap();
  }

  /** That the recovery words are asked for. */
  get asksForWords(): Locator {
    return this.page.locator("#app").getByText(this.word("home.words"), { exact: true });
  }

  async writeWordsDown(): Promise<void> {
    await this.page.locator("#app").getByRole("link", { name: this.word("home.words_write"), exact: true }).tap();
    await this.app.words.waitUntilShown();
  }

  /** Says no to the words, and yes to what that means. */
  async declineWords(): Promise<void> {
    await this.askToDecline();
    await this.page.getByRole("dialog").getByRole("button", { name: this.word("words.not"), exact: true }).tap();
  }

  async askToDecline(): Promise<void> {
    await this.page.locator("#app").getByRole("button", { name: this.word("home.words_not"), exact: true }).tap();
    await expect(this.page.getByRole("dialog")).toContainText(this.word("words.not_line"));
  }

  /** On a phone with nothing on it yet. */
  async useWords(): Promise<void> {
    await this.page.locator("#app").getByRole("link", { name: this.word("return.title"), exact: true }).tap();
    await this.app.restoreWords.waitUntilShown();
  }

  /** The way to the home screen. */
  get install(): Locator {
    return this.page.locator("#app").getByRole("link", { name: this.word("settings.install"), exact: true });
  }

  /** No to the home screen, where the words are not asked for. */
  async declineInstall(): Promise<void> {
    await this.page.locator("#app").getByRole("button", { name: this.word("home.words_not"), exact: true }).tap();
    await expect(this.install).toHaveCount(0);
  }

  /** For a phone with nothing on it yet. */
  async bringBack(): Promise<void> {
    await this.page.locator("#app").getByRole("link", { name: this.word("restore.title"), exact: true }).tap();
    await this.app.restore.waitUntilShown();
  }

  /** That the browser cleared what was here. */
  get cleared(): Locator {
    return this.page.locator("#app .notice--error").filter({ hasText: this.word("home.cleared") });
  }

  async sayRead(): Promise<void> {
    await this.cleared.getByRole("button", { name: this.word("home.read"), exact: true }).tap();
    await expect(this.cleared).toHaveCount(0);
  }

  /** That so many parts do not open, with the ways to save the rest. */
  damaged(count: string): Locator {
    return this.page.locator("#app .notice--warning").filter({ hasText: this.word("settings.damaged", { count }) });
  }

  async goOn(beginning: string): Promise<void> {
    await this.drafts.filter({ hasText: beginning }).tap();
  }
}

export class MakeMenuScreen extends Screen {
  get heading(): Locator {
    return this.title("make.title");
  }

  get mainAction(): Locator {
    return this.page.locator("#app").getByRole("link", { name: this.word("shell.story") });
  }
}
