import type { Locator } from "@playwright/test";
import { Screen } from "./screen.ts";

export class LeaveScreen extends Screen {
  get heading(): Locator {
    return this.title("leave.title");
  }

  /** It asks once more. */
  get mainAction(): Locator {
    return this.page.locator("#app").getByRole("button", { name: this.word("leave.title"), exact: true }).first();
  }

  get question(): Locator {
    return this.page.getByRole("dialog");
  }

  /** What only this phone has, by name. */
  get onlyHere(): Locator {
    return this.page.locator("#app .notice li");
  }

  /** Where nothing is on this phone alone. */
  get allSafe(): Locator {
    return this.page.locator("#app").getByText(this.word("leave.safe"), { exact: true }).first();
  }

  async remove(word: "leave.title" | "leave.too"): Promise<void> {
    await this.mainAction.tap();
    await this.question.getByRole("button", { name: this.word(word), exact: true }).tap();
  }
}
