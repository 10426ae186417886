import { type Locator, expect } from "@playwright/test";
import { Screen } from "./screen.ts";

export class RestoreWordsScreen extends Screen {
  get heading(): Locator {
    return this.title("return.title");
  }

  get mainAction(): Locator {
    return this.button("return.open");
  }

  get trouble(): Locator {
    return this.page.locator("#app [role=alert]").filter({ hasText: /./ });
  }

  /** How far it is. */
  stage(key: string): Locator {
    return this.page.getByRole("heading", { level: 2, name: this.word(key), exact: true });
  }

  get offline(): Locator {
    return this.page.locator("#app").getByText(this.word("join.offline"), { exact: true });
  }

  /** Fields that are marked as wrong. */
  get wrong(): Locator {
    return this.page.locator("#app input[aria-invalid=true]");
  }

  field(place: number): Locator {
    return this.page.getByRole("textbox", { name: this.word("words.place", { number: String(place) }), exact: true });
  }

  async fill(words: string[]): Promise<void> {
    for (const [at, word] of words.entries()) await this.field(at + 1).fill(word);
  }

  /** Types the words one after the other, with a space after each, as from a paper. */
  async type(words: string[]): Promise<void> {
    await this.field(1).tap();
    await this.page.keyboard.type(words.join(" "));
    await expect(this.field(12)).toHaveValue(words[11] ?? "");
  }

  async bringBack(words: string[]): Promise<void> {
    await this.fill(words);
    await this.mainAction.tap();
  }

  async stop(): Promise<void> {
    await this.button("return.stop").tap();
    await expect(this.mainAction).toBeVisible();
  }

  async useOthers(): Promise<void> {
    await this.button("return.other").tap();
    await expect(this.mainAction).toBeVisible();
  }

  async waitUntilBack(): Promise<void> {
    await expect(this.stage("return.done")).toBeVisible({ timeout: 30_000 });
  }

  private button(key: string): Locator {
    return this.page.locator("#app").getByRole("button", { name: this.word(key), exact: true });
  }
}
