// Letting one's new phone in, with both in hand.
import type { Locator } from "@playwright/test";
import { InviteScreen } from "./invite.ts";

export class MoveScreen extends InviteScreen {
  override get heading(): Locator {
    return this.title("move.title");
  }

  /** It shows the code. */
  override get mainAction(): Locator {
    return this.page.locator("#app").getByRole("button", { name: this.word("invite.make_code"), exact: true });
  }

  /** Nobody asks whose phone it is. */
  async showTheCode(): Promise<string> {
    await this.mainAction.tap();
    return this.waitForLink();
  }

  /** For whoever is done with this phone. */
  get removeHere(): Locator {
    return this.page.locator("#app").getByRole("link", { name: this.word("leave.title"), exact: true });
  }
}
