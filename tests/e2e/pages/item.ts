import { type Locator, expect } from "@playwright/test";
import { isDrawn, readShownPhoto } from "../photos/shown.ts";
import { Screen } from "./screen.ts";

export class ItemScreen extends Screen {
  get heading(): Locator {
    return this.page.locator("#app").getByRole("heading", { level: 1 });
  }

  get mainAction(): Locator {
    return this.page.locator("#app").getByRole("link", { name: this.word("item.edit"), exact: true });
  }

  override async waitUntilShown(): Promise<void> {
    await super.waitUntilShown();
    await expect(this.record).toBeVisible();
  }

  get record(): Locator {
    return this.page.locator("#app .record");
  }

  /** Where the record is. */
  get place(): Locator {
    return this.page.locator("#app .place");
  }

  /** Who can see it. */
  get whoSees(): Locator {
    return this.page.locator("#app .who-sees");
  }

  get notes(): Locator {
    return this.page.locator("#app .note");
  }

  /** The versions to choose from, where two phones changed it at once. */
  get versions(): Locator {
    return this.page.locator("#app .version");
  }

  get words(): Locator {
    return this.record.locator(".record__words").first();
  }

  get facts(): Locator {
    return this.record.locator(".facts");
  }

  get photos(): Locator {
    return this.record.locator(".photo");
  }

  photoBytes(index: number): Promise<Buffer> {
    return readShownPhoto(this.photos.nth(index).locator("img"));
  }

  async waitForPhoto(index: number): Promise<void> {
    await expect.poll(() => isDrawn(this.photos.nth(index).locator("img"))).toBe(true);
  }

  async edit(): Promise<void> {
    await this.mainAction.tap();
    await this.app.make.waitUntilShown();
  }

  /** The way to what it said before, where it said something else. */
  get earlier(): Locator {
    return this.page.locator("#app").getByRole("link", { name: this.word("earlier.title"), exact: true });
  }

  async seeEarlier(): Promise<void> {
    await this.earlier.tap();
    await this.app.earlier.waitUntilShown();
  }

  /** Other words in the place of what it says. */
  async rewrite(words: string): Promise<void> {
    await this.edit();
    await this.app.make.write(words);
    await this.app.make.save();
    await this.app.make.waitUntilSaved();
    await this.app.saved.seeIt();
  }

  async addNote(words: string): Promise<void> {
    await this.page.getByRole("textbox", { name: this.word("note.label"), exact: true }).fill(words);
    await this.page.getByRole("button", { name: this.word("note.add"), exact: true }).tap();
    await expect(this.notes.filter({ hasText: words })).toBeVisible();
  }

  async keepVersion(words: string): Promise<void> {
    const version = this.versions.filter({ hasText: words });
    await version.getByRole("button", { name: this.word("conflict.keep"), exact: true }).tap();
    await expect(this.versions).toHaveCount(0);
  }

  async keepTogether(words: string): Promise<void> {
    await this.page.locator("#app summary", { hasText: this.word("conflict.together") }).tap();
    await this.page.getByRole("textbox", { name: this.word("conflict.together_label"), exact: true }).fill(words);
    await this.page.getByRole("button", { name: this.word("conflict.save"), exact: true }).tap();
    await expect(this.versions).toHaveCount(0);
  }

  async delete(): Promise<void> {
    await this.page.getByRole("button", { name: this.word("item.delete"), exact: true }).tap();
    await expect(this.app.toast).toContainText(this.word("item.deleted"));
  }
}
