// Telling, giving and adding: the one form that the three kinds of record share, new or edited.
import { type Locator, expect } from "@playwright/test";
import { takePhoto } from "../photos/make.ts";
import type { App } from "./app.ts";
import { FormPhotos } from "./form-photos.ts";
import { Screen } from "./screen.ts";

export type Kind = "story" | "feedback" | "achievement";
const KINDS: Kind[] = ["story", "feedback", "achievement"];

export class MakeScreen extends Screen {
  readonly pictures: FormPhotos;

  constructor(app: App) {
    super(app);
    this.pictures = new FormPhotos(app);
  }

  get form(): Locator {
    return this.page.locator("form[data-journal]");
  }

  get heading(): Locator {
    const titles = KINDS.flatMap((kind) => [this.word(`shell.${kind}`), this.word(`edit.${kind}`)]);
    return this.page.locator("#app").getByRole("heading", { level: 1, name: oneOf(titles) });
  }

  get mainAction(): Locator {
    return this.form.getByRole("button", { name: this.word("form.save"), exact: true });
  }

  override async waitUntilShown(): Promise<void> {
    await super.waitUntilShown();
    await expect(this.form).toBeVisible();
  }

  /** The main words, whichever kind of record it is. */
  get words(): Locator {
    return this.form.getByRole("textbox", { name: oneOf(KINDS.map((kind) => this.word(`${kind}.words`))) });
  }

  field(name: string): Locator {
    return this.form.getByRole("textbox", { name: this.word(name), exact: true });
  }

  choice(name: string, code: string): Locator {
    const group = this.form.getByRole("group", { name: this.word(name), exact: true });
    return group.getByRole("radio", { name: this.word(`${name}.${code}`), exact: true });
  }

  child(name: string): Locator {
    return this.form.getByRole("radio", { name, exact: true });
  }

  get yesterday(): Locator {
    return this.form.getByRole("radio", { name: this.word("day.yesterday"), exact: true });
  }

  /** The summary of what is missing. */
  get missing(): Locator {
    return this.page.locator(".error-summary");
  }

  /** To go on with what is not saved yet, or to start new. */
  get offer(): Locator {
    return this.page.getByRole("button", { name: this.word("draft.new"), exact: true });
  }

  /** Replaces the words at once, as a paste does. */
  async write(text: string): Promise<void> {
    await this.words.fill(text);
  }

  /** Presses the field, as a finger must, and writes. */
  async writeByTapping(text: string): Promise<void> {
    await this.words.tap();
    await this.page.keyboard.insertText(text);
  }

  /** Letter by letter, into the field that has the focus or else the words. */
  async type(text: string): Promise<void> {
    await this.words.pressSequentially(text);
  }

  async fill(name: string, text: string): Promise<void> {
    await this.sayMore();
    await this.field(name).fill(text);
  }

  async choose(name: string, code: string): Promise<void> {
    await this.sayMore();
    await press(this.choice(name, code));
  }

  async nameChild(name: string): Promise<void> {
    await this.form.getByRole("button", { name: this.word("child.add"), exact: true }).tap();
    await this.form.getByRole("textbox", { name: this.word("child.name"), exact: true }).fill(name);
    await this.form.getByRole("button", { name: this.word("child.keep"), exact: true }).tap();
    await expect(this.child(name)).toBeChecked();
  }

  async chooseChild(name: string): Promise<void> {
    await press(this.child(name));
  }

  async chooseYesterday(): Promise<void> {
    await press(this.yesterday);
  }

  /** `day` as `2024-02-29`. */
  async chooseDay(day: string): Promise<void> {
    await press(this.form.getByRole("radio", { name: this.word("day.another"), exact: true }));
    await this.form.getByLabel(this.word("day.which"), { exact: true }).fill(day);
  }

  async choosePhotosDay(name: RegExp): Promise<void> {
    await press(this.form.getByRole("radio", { name }));
  }

  /** Says that what is on the screen is not on the phone. */
  get notKept(): Locator {
    return this.page.locator("form[data-journal=failed]").getByText(this.word("form.not_kept"), { exact: false });
  }

  /** Why nothing was saved. */
  get problem(): Locator {
    return this.page.locator("#trouble");
  }

  async waitUntilKept(): Promise<void> {
    await expect(this.page.locator("form[data-journal=kept]")).toBeVisible();
  }

  async save(): Promise<void> {
    await this.mainAction.tap();
  }

  async waitUntilSaved(): Promise<void> {
    await this.app.saved.waitUntilShown();
  }

  async addMadePhoto(): Promise<void> {
    await this.pictures.add("made.jpg", await takePhoto(this.page, 800, 600, {}));
  }

  /** Where a draft of this kind is waiting already. */
  async startNew(): Promise<void> {
    await this.offer.tap();
    await this.waitUntilShown();
  }

  private async sayMore(): Promise<void> {
    await this.waitUntilShown();
    const more = this.form.locator("details:not([open]) > summary", { hasText: this.word("form.more") });
    if (await more.count()) await more.tap();
  }
}

/** Presses what a person sees of a radio button: its label. */
async function press(radio: Locator): Promise<void> {
  await radio.locator("xpath=ancestor::label[1]").tap();
  await expect(radio).toBeChecked();
}

function oneOf(texts: string[]): RegExp {
  return new RegExp(`^(${texts.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})$`);
}
