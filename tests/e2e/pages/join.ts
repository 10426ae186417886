// Following an invite, from the link to being in.
import { type Locator, expect } from "@playwright/test";
import { Screen } from "./screen.ts";

export class JoinScreen extends Screen {
  get heading(): Locator {
    return this.title("join.title");
  }

  get mainAction(): Locator {
    return this.button("join.look");
  }

  stage(key: string, values: Record<string, string> = {}): Locator {
    return this.page.getByRole("heading", { level: 2, name: this.word(key, values), exact: true });
  }

  get box(): Locator {
    return this.page.getByRole("textbox", { name: this.word("join.paste"), exact: true });
  }

  /** Why the link does not work. */
  get trouble(): Locator {
    return this.page.locator("#app [role=alert]").filter({ hasText: /./ });
  }

  /** The four words to compare, in their order. */
  get pictures(): Locator {
    return this.page.locator(".compare__one");
  }

  /** Opens the link as a press in a message does. */
  async followLink(link: string): Promise<void> {
    await this.page.goto(link);
    await this.waitUntilShown();
  }

  /** On an iPhone, where it is better to install first. */
  async joinHere(): Promise<void> {
    await this.button("join.here").tap();
  }

  async paste(link: string): Promise<void> {
    await this.box.fill(link);
    await this.mainAction.tap();
  }

  /** Says yes; `name` is what the others call this person, or what this phone is called. */
  async accept(name: string): Promise<void> {
    const box = this.page.locator("#join-name");
    await expect(box).toBeVisible();
    await box.fill(name);
    await this.button("join.yes").tap();
  }

  async sayTheyAreTheSame(): Promise<void> {
    await this.button("invite.same").tap();
  }

  async sayTheyAreNot(): Promise<void> {
    await this.button("invite.not_same").tap();
  }

  async refuse(): Promise<void> {
    await this.button("join.no").tap();
  }

  async stop(): Promise<void> {
    await this.button("join.stop").tap();
  }

  async again(): Promise<void> {
    await this.button("join.again").tap();
  }

  private button(key: string): Locator {
    return this.page.locator("#app").getByRole("button", { name: this.word(key), exact: true });
  }
}
