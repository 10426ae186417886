import type { Locator } from "@playwright/test";
import { Screen } from "./screen.ts";

export class SavedScreen extends Screen {
  get heading(): Locator {
    return this.page.locator("[data-state=saved]").getByRole("heading", { level: 1, name: this.word("saved.title") });
  }

  get mainAction(): Locator {
    return this.page.locator("#app").getByRole("link", { name: this.word("saved.see"), exact: true });
  }

  /** Of the record that was saved, 32 hexadecimal digits. */
  get id(): string {
    return new URL(this.page.url()).pathname.split("/").at(-1) ?? "";
  }

  /** A saved screen is about a record: it is reached by saving one. */
  override async arrive(): Promise<void> {
    await this.app.tell("story", { words: "A day at the sea." });
  }

  async seeIt(): Promise<void> {
    await this.mainAction.tap();
    await this.app.item.waitUntilShown();
  }

  /** One more of the same kind. */
  async another(): Promise<void> {
    await this.page.getByRole("link", { name: this.word("saved.story"), exact: true }).tap();
  }
}
