import { type Locator, expect } from "@playwright/test";
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

  /** The way to what waits; not there where nothing does. */
  get seeWaiting(): Locator {
    return this.page.locator("#app").getByRole("link", { name: this.word("sync.see_waiting"), exact: true });
  }

  /** For photos that wait as this person chose; not there where none does. */
  get letPhotosGo(): Locator {
    return this.page.locator("#app").getByRole("button", { name: this.word("sync.go"), exact: true });
  }

  /** What keeps this phone from sending. */
  get trouble(): Locator {
    return this.page.locator("#app .notice--error");
  }

  /** That somebody who was taken out reads on until the server knows. */
  waitsFor(name: string): Locator {
    return this.people.filter({ hasText: this.word("people.out_waits", { name }) });
  }

  /** Who was let in and has not come. */
  awaited(name: string): Locator {
    return this.people.filter({ hasText: name }).filter({ hasText: this.word("people.not_yet") });
  }

  /** That the words brought a phone in. */
  cameByWords(phone: string): Locator {
    return this.people.getByText(this.word("people.by_words", { phone }), { exact: true });
  }

  /** How it stands with the words. */
  words(key: string, values: Record<string, string> = {}): Locator {
    return this.page.locator("#app section").getByText(this.word(key, values));
  }

  private get dialog(): Locator {
    return this.page.getByRole("dialog");
  }

  async askToTakeOut(name: string): Promise<void> {
    await this.page.getByRole("button", { name: this.word("people.out_of", { name }), exact: true }).tap();
    await expect(this.dialog).toContainText(this.word("people.out_line", { name }));
  }

  /** The answer that changes nothing. */
  async leaveIt(): Promise<void> {
    await this.dialog.getByRole("button", { name: this.word("people.stays"), exact: true }).tap();
    await expect(this.dialog).toBeHidden();
  }

  async takeOut(name: string): Promise<void> {
    await this.askToTakeOut(name);
    await this.dialog.getByRole("button", { name: this.word("people.out"), exact: true }).tap();
  }

  /** Until the server has everything of this phone. */
  async waitUntilSent(): Promise<void> {
    const [all] = this.word("sync.all").split("{");
    await expect(this.standing).toContainText(all ?? "", { timeout: 60_000 });
  }

  /** By the bar at the bottom, without the page being loaded again. */
  async goThere(): Promise<void> {
    await this.app.bottomBar.getByRole("link", { name: this.word("nav.settings"), exact: true }).tap();
    await this.page.locator("#app").getByRole("link", { name: this.word("people.title") }).tap();
    await this.waitUntilShown();
  }

  /** Another server is to have the circle. */
  async moveToServer(): Promise<void> {
    await this.page.locator("#app").getByRole("button", { name: this.word("sync.move"), exact: true }).tap();
    await expect(this.trouble).toHaveCount(0);
  }

  async checkNow(): Promise<void> {
    await this.page.getByRole("button", { name: this.word("sync.look"), exact: true }).tap();
  }
}
