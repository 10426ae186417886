// Making a page to hand over.
import { type Locator, expect } from "@playwright/test";
import { MakeScreen } from "./make.ts";

export class HandOverScreen extends MakeScreen {
  override get heading(): Locator {
    return this.page.locator("#app").getByRole("heading", { level: 1, name: new RegExp(`^(${this.word("handout.title")}|${this.word("edit.handout")})$`) });
  }

  /** What is on the page, part by part. */
  get parts(): Locator {
    return this.page.getByTestId("on-the-page").getByRole("group");
  }

  part(words: string): Locator {
    return this.parts.filter({ hasText: words });
  }

  box(words: string): Locator {
    return this.form.getByRole("group", { name: this.word("handout.choose"), exact: true }).getByRole("checkbox", { name: new RegExp(words) });
  }

  /** Puts it on the page, or takes it off. */
  async putOn(...told: string[]): Promise<void> {
    for (const words of told) {
      await this.box(words).tap();
      await expect(this.part(words)).toBeVisible();
    }
  }

  async hide(words: string, line: string): Promise<void> {
    const box = this.part(words).getByRole("checkbox", { name: new RegExp(line) });
    await box.uncheck();
    await expect(box).not.toBeChecked();
  }

  async moveUp(words: string): Promise<void> {
    await this.part(words).getByRole("button", { name: this.word("handout.up"), exact: true }).tap();
  }

  async takeOff(words: string): Promise<void> {
    await this.part(words).getByRole("button", { name: this.word("handout.off"), exact: true }).tap();
    await expect(this.part(words)).toHaveCount(0);
  }

  async isFor(name: string): Promise<void> {
    await this.field("handout.to").fill(name);
  }

  async say(words: string): Promise<void> {
    await this.field("handout.words").fill(words);
  }
}
