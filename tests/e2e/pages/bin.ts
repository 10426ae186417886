import { type Locator, expect } from "@playwright/test";
import { Screen } from "./screen.ts";

export class BinScreen extends Screen {
  get heading(): Locator {
    return this.title("bin.title");
  }

  get mainAction(): Locator {
    return this.cards.first().getByRole("button", { name: this.word("bin.back"), exact: true });
  }

  get cards(): Locator {
    return this.page.locator("#app .cards > li");
  }

  get empty(): Locator {
    return this.page.locator("#app .empty");
  }

  async putBack(words: string): Promise<void> {
    const card = this.cards.filter({ hasText: words });
    await card.getByRole("button", { name: this.word("bin.back"), exact: true }).tap();
    await expect(card).toHaveCount(0);
  }

  private get dialog(): Locator {
    return this.page.getByRole("dialog");
  }

  async askToEnd(words: string): Promise<void> {
    const card = this.cards.filter({ hasText: words });
    await card.getByRole("button", { name: this.word("bin.end"), exact: true }).tap();
    await expect(this.dialog).toContainText(this.word("bin.ask_line"));
  }

  async endForGood(words: string): Promise<void> {
    await this.askToEnd(words);
    await this.dialog.getByRole("button", { name: this.word("bin.end"), exact: true }).tap();
  }
}
