// The static pages of index.html, which stand when the app cannot.
import type { Locator, Page } from "@playwright/test";
import type { App } from "./app.ts";

export class ShellPages {
  constructor(private readonly app: App) {}

  private get page(): Page {
    return this.app.page;
  }

  get crash(): Locator {
    return this.page.locator("#crash");
  }

  get crashHeading(): Locator {
    return this.crash.getByRole("heading", { level: 1 });
  }

  /** What the journal last confirmed. */
  get crashKept(): Locator {
    return this.page.locator("#crash-kept");
  }

  get reload(): Locator {
    return this.crash.getByRole("button", { name: this.app.word("shell.reload"), exact: true });
  }

  get loadFailed(): Locator {
    return this.page.locator("#load-failed");
  }

  get oldBrowser(): Locator {
    return this.page.locator("#old-browser");
  }

  get insecure(): Locator {
    return this.page.locator("#insecure");
  }
}
