import { type Locator, expect } from "@playwright/test";
import { Screen } from "./screen.ts";

export class ChildrenScreen extends Screen {
  get heading(): Locator {
    return this.title("children.title");
  }

  get mainAction(): Locator {
    return this.page.locator("#app").getByRole("button", { name: this.word("child.keep"), exact: true });
  }

  get newName(): Locator {
    return this.page.locator("#app").getByRole("textbox", { name: this.word("child.name"), exact: true });
  }

  async rename(from: string, to: string): Promise<void> {
    await this.page.getByRole("button", { name: this.word("child.rename_of", { name: from }) }).tap();
    await this.page.getByRole("textbox").and(this.page.locator(`:focus`)).fill(to);
    await this.page.getByRole("button", { name: this.word("child.save"), exact: true }).tap();
    await expect(this.page.locator("#app")).toContainText(this.word("child.saved", { name: to }));
  }
}
