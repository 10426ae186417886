// Letting another phone or somebody else in.
import { type Locator, expect } from "@playwright/test";
import { Screen } from "./screen.ts";

export class InviteScreen extends Screen {
  get heading(): Locator {
    return this.title("invite.title");
  }

  get mainAction(): Locator {
    return this.button("invite.mine");
  }

  /** How an invite stands, in its own words. */
  stage(key: string, values: Record<string, string> = {}): Locator {
    return this.page.getByRole("heading", { level: 2, name: this.word(key, values), exact: true });
  }

  get code(): Locator {
    return this.page.getByRole("img", { name: this.word("invite.alt"), exact: true });
  }

  /** The four words to compare, in their order. */
  get pictures(): Locator {
    return this.page.locator(".compare__one");
  }

  get alarm(): Locator {
    return this.page.getByText(this.word("invite.alarm"), { exact: true });
  }

  /** For a phone of the same person, which is here now. */
  async inviteMyPhone(): Promise<string> {
    await this.askAnew();
    await this.button("invite.mine").tap();
    await this.button("invite.make_code").tap();
    return this.waitForLink();
  }

  /** Someone else's phone: asks what they will see. */
  async chooseSomebody(): Promise<void> {
    await this.askAnew();
    await this.button("invite.other").tap();
    await expect(this.page.getByRole("textbox", { name: this.word("invite.name"), exact: true })).toBeVisible();
  }

  async inviteSomebody(name: string, sees: "all" | "new" = "all"): Promise<string> {
    await this.chooseSomebody();
    await this.page.getByRole("radio", { name: this.word(`invite.sees_${sees}`), exact: true }).check();
    await this.page.getByRole("textbox", { name: this.word("invite.name"), exact: true }).fill(name);
    await this.button("invite.make_link").tap();
    return this.waitForLink();
  }

  async waitForLink(): Promise<string> {
    const link = this.page.locator("[data-link]").last();
    await expect(link).toBeVisible();
    return link.innerText();
  }

  async sayTheyAreTheSame(): Promise<void> {
    await this.button("invite.same").tap();
  }

  /** Until the phone has taken it in: the invite goes with its pictures. */
  async sayTheyAreNot(): Promise<void> {
    await this.button("invite.not_same").tap();
    await expect(this.pictures).toHaveCount(0);
  }

  /** Clears an invite that is over. */
  async clear(): Promise<void> {
    await this.button("invite.clear").tap();
  }

  private async askAnew(): Promise<void> {
    await this.waitUntilShown();
    const more = this.button("invite.more");
    await expect(more.or(this.button("invite.mine"))).toBeVisible();
    if (await more.isVisible()) await more.tap();
  }

  /** A tile's name goes on with its second line. */
  private button(key: string): Locator {
    const word = this.word(key);
    const isTile = key === "invite.mine" || key === "invite.other";
    const name = isTile ? new RegExp(`^${word}`) : word;
    return this.page.locator("#app").getByRole("button", { name, exact: true });
  }
}
