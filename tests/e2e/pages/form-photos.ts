// The photos of a record that is being made.
import { type Locator, type Page, expect } from "@playwright/test";
import { readShownPhoto } from "../photos/shown.ts";
import type { App } from "./app.ts";

export class FormPhotos {
  constructor(private readonly app: App) {}

  private get page(): Page {
    return this.app.page;
  }

  private get form(): Locator {
    return this.page.locator("form[data-journal]");
  }

  get all(): Locator {
    return this.form.locator(".photo").filter({ has: this.page.locator("img") });
  }

  /** What is said beside the photos when one could not be kept. */
  get problem(): Locator {
    return this.form.locator(".notice--error, .notice--warning");
  }

  /** Gives the gallery's input a file. */
  async offer(name: string, mimeType: string, buffer: Buffer): Promise<void> {
    await this.form.locator("input[type=file]:not([capture])").setInputFiles({ name, mimeType, buffer });
  }

  /** The same, and waits until it is kept. */
  async add(name: string, photo: Buffer): Promise<void> {
    const before = await this.all.count();
    await this.offer(name, "image/jpeg", photo);
    await expect(this.all).toHaveCount(before + 1);
  }

  async caption(index: number, text: string): Promise<void> {
    await this.form.getByRole("textbox", { name: this.app.word("photo.caption") }).nth(index).fill(text);
  }

  async remove(index: number): Promise<void> {
    await this.form.getByRole("button", { name: this.app.word("photo.remove") }).nth(index).tap();
  }

  /** The bytes that are shown, as the app made them. */
  bytes(index: number): Promise<Buffer> {
    return readShownPhoto(this.all.nth(index).locator("img"));
  }
}
