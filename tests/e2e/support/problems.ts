// What went wrong on a phone without anybody asserting it: uncaught errors, blocked content,
// errors in the console. Every test ends by asking for them.
import type { BrowserContext, ConsoleMessage, Page } from "@playwright/test";

// A request that fails is what these tests are about; the browser logs each one as an error.
const NETWORK = /^Failed to load resource|net::ERR_|Failed to update a ServiceWorker|script resource from origin/;

export class Problems {
  private readonly found: string[] = [];
  private readonly expected: RegExp[] = [];

  /** Allows what a test provokes on purpose. */
  expect(pattern: RegExp): void {
    this.expected.push(pattern);
  }

  list(): string[] {
    return this.found.filter((problem) => !this.expected.some((pattern) => pattern.test(problem)));
  }

  async watch(context: BrowserContext): Promise<void> {
    context.on("weberror", (event) => this.found.push(`uncaught: ${event.error().stack ?? event.error().message}`));
    context.on("console", (message) => this.hear(message));
    await context.exposeBinding("reportViolation", (_source, violation: string) => {
      this.found.push(`content policy: ${violation}`);
    });
    await context.addInitScript(reportViolations);
    for (const page of context.pages()) this.watchCrash(page);
    context.on("page", (page) => this.watchCrash(page));
  }

  private hear(message: ConsoleMessage): void {
    if (message.type() === "error" && !NETWORK.test(message.text())) this.found.push(`console: ${message.text()}`);
  }

  private watchCrash(page: Page): void {
    page.on("crash", () => this.found.push(`the tab crashed at ${page.url()}`));
  }
}

function reportViolations(): void {
  const report = (window as unknown as { reportViolation(text: string): void }).reportViolation;
  window.addEventListener("securitypolicyviolation", (event) => {
    report(`${event.effectiveDirective} ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`);
  });
}
