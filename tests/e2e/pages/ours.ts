import { type Locator, expect } from "@playwright/test";
import type { Kind } from "./make.ts";
import { Screen } from "./screen.ts";

export class OursScreen extends Screen {
  get heading(): Locator {
    return this.title("ours.title");
  }

  get mainAction(): Locator {
    return this.cards.first();
  }

  get cards(): Locator {
    return this.page.locator("#app [data-record]");
  }

  get days(): Locator {
    return this.page.locator("#app .day-header");
  }

  get empty(): Locator {
    return this.page.locator("#app .empty");
  }

  card(words: string): Locator {
    return this.cards.filter({ hasText: words });
  }

  async open(): Promise<void> {
    await this.app.phone.open("/ours");
    await this.waitUntilShown();
  }

  async makePage(): Promise<void> {
    await this.page.locator("#app").getByRole("link", { name: this.word("ours.page"), exact: true }).tap();
    await this.app.handOver.waitUntilShown();
  }

  async openCard(words: string): Promise<void> {
    await this.card(words).tap();
    await this.app.item.waitUntilShown();
  }

  async filterKind(kind: Kind): Promise<void> {
    await this.choose("ours.kinds", this.word(`kinds.${kind}`));
  }

  async filterChild(name: string): Promise<void> {
    await this.choose("ours.children", name);
  }

  async showMore(): Promise<void> {
    await this.page.getByRole("button", { name: this.word("ours.more"), exact: true }).tap();
  }

  /** Of the first row, by what stands on it. */
  chip(name: string, group = "ours.kinds"): Locator {
    return this.page.getByRole("group", { name: this.word(group), exact: true }).getByRole("button", { name, exact: true });
  }

  private async choose(group: string, name: string): Promise<void> {
    const chip = this.chip(name, group);
    await chip.tap();
    await expect(chip).toHaveAttribute("aria-pressed", "true");
  }
}
