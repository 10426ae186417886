// What every screen's page object has: it finds things as a person does, by role and word.
import type { Locator, Page } from "@playwright/test";
import { expect } from "@playwright/test";
import type { App } from "./app.ts";

export abstract class Screen {
  constructor(protected readonly app: App) {}

  protected get page(): Page {
    return this.app.page;
  }

  protected word(key: string, values: Record<string, string> = {}): string {
    return this.app.word(key, values);
  }

  /** The screen's main heading. */
  abstract get heading(): Locator;

  /** The one thing this screen is for: what a keyboard must reach and use. */
  abstract get mainAction(): Locator;

  /** Goes there as a person does, where that needs more than the address. */
  async arrive(address: string): Promise<void> {
    await this.app.phone.open(address);
  }

  async waitUntilShown(): Promise<void> {
    await expect(this.heading).toBeVisible();
    await expect(this.page.locator("html")).toHaveAttribute("data-app", "ready");
  }

  protected title(key: string): Locator {
    return this.page.getByRole("heading", { level: 1, name: this.word(key), exact: true });
  }
}
