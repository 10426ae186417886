// The screen that opens the store without the app.
import { type Locator, type Page, expect } from "@playwright/test";
import type { App } from "./app.ts";

export class RescuePage {
  constructor(private readonly app: App) {}

  private get page(): Page {
    return this.app.page;
  }

  get list(): Locator {
    return this.page.getByRole("main");
  }

  get nothing(): Locator {
    return this.page.getByText(this.app.word("rescue.nothing"));
  }

  /** Makes the copies that the two links below save. */
  async copyEverything(): Promise<void> {
    await this.page.getByRole("button", { name: this.app.word("rescue.copy"), exact: true }).tap();
    await expect(this.page.getByRole("link", { name: this.app.word("rescue.save_page"), exact: true })).toBeVisible();
  }

  savePage(): Promise<string> {
    return this.download("rescue.save_page");
  }

  saveZip(): Promise<string> {
    return this.download("rescue.save_zip");
  }

  /** The saved file's place. */
  private async download(key: string): Promise<string> {
    const arriving = this.page.waitForEvent("download");
    await this.page.getByRole("link", { name: this.app.word(key), exact: true }).tap();
    return (await arriving).path();
  }
}
