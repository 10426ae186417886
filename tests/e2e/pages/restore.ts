import { type Locator, expect } from "@playwright/test";
import { Screen } from "./screen.ts";

export class RestoreScreen extends Screen {
  get heading(): Locator {
    return this.title("restore.title").or(this.title("restore.done"));
  }

  get mainAction(): Locator {
    return this.page.locator("#app").getByRole("button", { name: this.word("restore.open"), exact: true });
  }

  get passphrase(): Locator {
    return this.page.getByLabel(this.word("backup.passphrase"), { exact: true });
  }

  get trouble(): Locator {
    return this.page.locator("#app [role=alert]").filter({ hasText: /./ });
  }

  /** All of them at once. */
  async choose(files: Record<string, Buffer>): Promise<void> {
    const chosen = Object.entries(files).map(([name, buffer]) => ({ name, mimeType: "application/octet-stream", buffer }));
    await this.page.getByLabel(this.word("restore.choose"), { exact: true }).setInputFiles(chosen);
    const names = Object.keys(files).join(", ");
    await expect(this.page.locator("#app").getByText(names, { exact: true })).toBeVisible();
  }

  /** Chooses the file, types the words and presses. */
  async bringBack(bytes: Buffer, passphrase: string): Promise<void> {
    await this.bringBackAll({ "hearth-backup.hearth": bytes }, passphrase);
  }

  async bringBackAll(files: Record<string, Buffer>, passphrase: string): Promise<void> {
    await this.choose(files);
    await this.passphrase.fill(passphrase);
    await this.mainAction.tap();
  }

  /** What brings in the parts that are missing. */
  get more(): Locator {
    return this.page.locator("#app").getByRole("button", { name: this.word("restore.more"), exact: true });
  }

  /** Which parts are missing; of a backup that is all here nothing is said. */
  missing(parts: string): Locator {
    return this.page.locator("#app").getByText(this.word("restore.missing", { parts }), { exact: true });
  }

  async waitUntilBack(): Promise<void> {
    await expect(this.title("restore.done")).toBeVisible({ timeout: 30_000 });
  }
}
