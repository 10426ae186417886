// The screen that opens the store without the app.
import type { Locator, Page } from "@playwright/test";
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

  savePage(): Promise<string> {
    return this.download("rescue.save_html");
  }

  saveData(): Promise<string> {
    return this.download("rescue.save_json");
  }

  private async download(key: string): Promise<string> {
    const arriving = this.page.waitForEvent("download");
    await this.page.getByRole("button", { name: this.app.word(key) }).tap();
    return (await arriving).path();
  }
}
