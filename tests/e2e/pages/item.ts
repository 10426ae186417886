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

  async delete(): Promise<void> {
    await this.page.getByRole("button", { name: this.word("item.delete"), exact: true }).tap();
    await expect(this.app.toast).toContainText(this.word("item.deleted"));
  }
}
