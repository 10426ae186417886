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

  async choose(name: string, bytes: Buffer): Promise<void> {
    const file = { name, mimeType: "application/octet-stream", buffer: bytes };
    await this.page.getByLabel(this.word("restore.choose"), { exact: true }).setInputFiles(file);
    await expect(this.page.locator("#app").getByText(name, { exact: true })).toBeVisible();
  }

  /** Chooses the file, types the words and presses. */
  async bringBack(bytes: Buffer, passphrase: string): Promise<void> {
    await this.choose("hearth-backup.hearth", bytes);
    await this.passphrase.fill(passphrase);
    await this.mainAction.tap();
  }

  async waitUntilBack(): Promise<void> {
    await expect(this.title("restore.done")).toBeVisible({ timeout: 30_000 });
  }
}
