import { type Locator, expect } from "@playwright/test";
import type { Language } from "../support/words.ts";
import { Screen } from "./screen.ts";

export class SettingsScreen extends Screen {
  get heading(): Locator {
    return this.title("settings.title");
  }

  get mainAction(): Locator {
    return this.page.locator("#app").getByRole("radio", { name: this.word("settings.theme.dark"), exact: true });
  }

  /** The radio button that Tab stops at. */
  get themeInUse(): Locator {
    return this.page.locator("#app").getByRole("group", { name: this.word("settings.theme"), exact: true }).locator("input:checked");
  }

  /** The way to another screen. */
  row(key: string): Locator {
    return this.page.locator("#app .settings-list").getByRole("link", { name: this.word(key) });
  }

  /** How many records are here. */
  saved(count: number): Locator {
    return this.page.locator("#app").getByText(this.word("settings.records", { count: String(count) }), { exact: true });
  }

  /** What is not well with the store. */
  trouble(key: string, values: Record<string, string> = {}): Locator {
    return this.page.locator("#app .notice--warning").filter({ hasText: this.word(key, values) });
  }

  /** That no speaker has checked these words yet. */
  get unreviewed(): Locator {
    return this.page.getByTestId("unreviewed");
  }

  async chooseLanguage(language: Language): Promise<void> {
    await this.waitUntilShown();
    await this.page.locator(".language-picker label", { has: this.page.locator(`[lang=${language}]`) }).tap();
    this.app.language = language;
    await expect(this.heading).toBeVisible();
  }

  /** How Hearth gets onto the home screen here. */
  get install(): Locator {
    return this.page.locator("#install");
  }

  /** Where the browser asks by itself. */
  get installNow(): Locator {
    return this.install.getByRole("button", { name: this.word("settings.install_now"), exact: true });
  }

  /** When photos travel, by the key of the choice. */
  photosChoice(key: string): Locator {
    return this.page.locator("#app").getByRole("radio", { name: this.word(key), exact: true });
  }

  async photosTravel(key: string): Promise<void> {
    await this.waitUntilShown();
    await this.photosChoice(key).locator("xpath=ancestor::label[1]").tap();
    await expect(this.photosChoice(key)).toBeChecked();
  }

  async chooseTheme(theme: "system" | "light" | "dark"): Promise<void> {
    const radio = this.page.getByRole("radio", { name: this.word(`settings.theme.${theme}`), exact: true });
    await radio.locator("xpath=ancestor::label[1]").tap();
  }
}

export class HelpScreen extends Screen {
  get heading(): Locator {
    return this.title("help.title");
  }

  get mainAction(): Locator {
    return this.page.locator("#app").getByRole("link", { name: this.word("help.call_999"), exact: true });
  }
}

export class NotFoundScreen extends Screen {
  get heading(): Locator {
    return this.title("missing.title");
  }

  get mainAction(): Locator {
    return this.page.locator("#app").getByRole("link", { name: this.word("missing.home"), exact: true });
  }
}
