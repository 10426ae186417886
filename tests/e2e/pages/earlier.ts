// What a record said before.
import { type Locator, expect } from "@playwright/test";
import { Screen } from "./screen.ts";

export class EarlierScreen extends Screen {
  get heading(): Locator {
    return this.title("earlier.title");
  }

  get mainAction(): Locator {
    return this.page.locator("#app").getByRole("button", { name: this.word("earlier.back"), exact: true }).first();
  }

  /** Newest first, field by field. */
  get versions(): Locator {
    return this.page.locator("#app .version");
  }

  /** The one that the record shows. */
  get now(): Locator {
    return this.versions.filter({ hasText: this.word("earlier.now") });
  }

  async bringBack(words: string): Promise<void> {
    const version = this.versions.filter({ hasText: words });
    await version.getByRole("button", { name: this.word("earlier.back"), exact: true }).tap();
    await expect(this.now).toContainText(words);
  }
}
