import type { Locator } from "@playwright/test";
import { Screen } from "./screen.ts";

export class PeopleScreen extends Screen {
  get heading(): Locator {
    return this.title("people.title");
  }

  get mainAction(): Locator {
    return this.page.locator("#app").getByRole("link", { name: this.word("people.invite"), exact: true });
  }

  /** Everybody in the circle, this person first. */
  get people(): Locator {
    return this.page.locator("#app .settings-list > li");
  }

  get backup(): Locator {
    return this.page.locator("#app").getByRole("link", { name: this.word("people.backup"), exact: true });
  }

  /** How it stands with the server. */
  get standing(): Locator {
    return this.page.locator("#app section [role=status]");
  }

  async checkNow(): Promise<void> {
    await this.page.getByRole("button", { name: this.word("sync.look"), exact: true }).tap();
  }
}
