import { type Locator, expect } from "@playwright/test";
import { Screen } from "./screen.ts";

export class WordsScreen extends Screen {
  get heading(): Locator {
    const titles = ["words.title", "words.write", "words.check", "words.done"].map((key) => this.title(key));
    return titles.reduce((one, other) => one.or(other));
  }

  get mainAction(): Locator {
    return this.button("words.make").or(this.button("words.make_new"));
  }

  /** How it stands with the words, where there is something to say. */
  get standing(): Locator {
    return this.page.locator("#app .who-sees");
  }

  get list(): Locator {
    return this.page.locator("#app ol.twelve");
  }

  get print(): Locator {
    return this.button("item.print");
  }

  get trouble(): Locator {
    return this.page.locator("#app [role=alert]").filter({ hasText: /./ });
  }

  /** Has words made, and reads them off the screen. */
  async show(): Promise<string[]> {
    await this.mainAction.tap();
    await expect(this.title("words.write")).toBeFocused();
    const words = await this.list.locator("li").allInnerTexts();
    expect(words).toHaveLength(12);
    return words.map((word) => word.trim());
  }

  async goOn(): Promise<void> {
    await this.button("words.written").tap();
    await expect(this.title("words.check")).toBeFocused();
  }

  async showAgain(): Promise<void> {
    await this.button("words.again").tap();
    await expect(this.title("words.write")).toBeFocused();
  }

  /** The places that are asked for, from 1. */
  async asked(): Promise<number[]> {
    const ids = await this.page.locator("#app .word-field input").evaluateAll((fields) => fields.map(({ id }) => id));
    return ids.map((id) => Number(id.replace("word-", "")));
  }

  /** Fields that are marked as wrong. */
  get wrong(): Locator {
    return this.page.locator("#app input[aria-invalid=true]");
  }

  field(place: number): Locator {
    return this.page.getByRole("textbox", { name: this.word("words.place", { number: String(place) }), exact: true });
  }

  async answer(words: string[]): Promise<void> {
    for (const place of await this.asked()) await this.field(place).fill(words[place - 1] ?? "");
    await this.button("words.check_press").tap();
  }

  /** From the first press to words that count. */
  async make(): Promise<string[]> {
    const words = await this.show();
    await this.goOn();
    await this.answer(words);
    await expect(this.title("words.done")).toBeFocused();
    return words;
  }

  /** Until the server has their key. */
  async waitUntilTheyWork(): Promise<void> {
    const works = this.word("words.set_undated", { phone: this.word("people.this_phone") });
    await expect(this.standing).toContainText(works, { timeout: 30_000 });
  }

  private button(key: string): Locator {
    return this.page.locator("#app").getByRole("button", { name: this.word(key), exact: true });
  }
}
