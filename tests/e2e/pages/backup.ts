import { type Download, type Locator, expect } from "@playwright/test";
import { Screen } from "./screen.ts";

export class BackupScreen extends Screen {
  get heading(): Locator {
    return this.title("backup.title").or(this.title("backup.done"));
  }

  get mainAction(): Locator {
    return this.page.locator("#app").getByRole("button", { name: this.word("backup.make"), exact: true });
  }

  get passphrase(): Locator {
    return this.page.getByLabel(this.word("backup.passphrase"), { exact: true });
  }

  get again(): Locator {
    return this.page.getByLabel(this.word("backup.again"), { exact: true });
  }

  get trouble(): Locator {
    return this.page.locator("#app [role=alert]").filter({ hasText: /./ });
  }

  /** While the file is made. */
  get making(): Locator {
    const [words] = this.word("backup.making").split("{");
    return this.page.locator("#app").getByText(words ?? "");
  }

  async fill(passphrase: string, again = passphrase): Promise<void> {
    await this.passphrase.fill(passphrase);
    await this.again.fill(again);
  }

  get copyButton(): Locator {
    return this.page.locator("#app").getByRole("button", { name: this.word("backup.copy_make"), exact: true });
  }

  async askForCopy(): Promise<void> {
    await this.copyButton.tap();
  }

  /** Makes the copy that is not locked; the browser saves it at once. */
  async copyForAnyone(): Promise<Download> {
    const saved = this.page.waitForEvent("download");
    await this.askForCopy();
    const file = await saved;
    await expect(this.page.getByText(this.word("backup.copy_done"))).toBeVisible();
    return file;
  }

  /** Makes the file; the browser saves it at once. */
  async make(passphrase: string): Promise<Download> {
    await this.fill(passphrase);
    const saved = this.page.waitForEvent("download");
    await this.mainAction.tap();
    const file = await saved;
    await expect(this.title("backup.done")).toBeVisible();
    return file;
  }
}
