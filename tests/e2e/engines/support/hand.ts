// A person's hand and eyes on one phone: they find what can be seen, by role and word, and wait for
// what stays.
import { expect } from "@playwright/test";
import { words } from "../../support/words.ts";
import type { Browser } from "./browser.ts";

/** Something that can be seen. */
export interface Target {
  css: string;
  /** Stands in it, in these letters. */
  text?: string;
  /** Is all that stands in it, or the name that it is given. */
  name?: string;
}

export class Hand {
  constructor(
    readonly browser: Browser,
    readonly home: string,
  ) {}

  word(key: string, values: Record<string, string> = {}): string {
    return words(key, "en", values);
  }

  /** Goes to an address of the app, within it where it is open, as every press on a link does. */
  async open(address = "/"): Promise<void> {
    if (!(await this.browser.evaluate(follow, { home: this.home, address }))) {
      await this.browser.goto(new URL(address, this.home).href);
    }
    await this.isAt(address);
  }

  /** Leaves the page for another one of the app, as a typed address does. */
  async load(address: string): Promise<void> {
    await this.browser.goto(new URL(address, this.home).href);
    await this.isAt(address);
  }

  /** What stands in each that is seen, in their order. */
  async read(target: Target): Promise<string[]> {
    return (await this.browser.evaluate(look, target)).map(({ said }) => said);
  }

  async sees(target: Target): Promise<void> {
    await this.until(target, (count) => count > 0);
  }

  /** So many, neither more nor fewer. */
  async seesJust(target: Target, wanted: number): Promise<void> {
    await this.until(target, (count) => count === wanted);
  }

  /** Presses the first, once it is there with nothing over it. */
  async press(target: Target): Promise<void> {
    const [spot] = await this.until({ ...target, isReached: true }, (count) => count > 0);
    if (spot) await this.browser.pressAt(spot.x, spot.y);
  }

  async pressButton(key: string): Promise<void> {
    await this.press({ css: "#app button", name: this.word(key) });
  }

  /** Presses the field and types. */
  async write(field: string, text: string): Promise<void> {
    await this.press({ css: field });
    await this.browser.type(text);
  }

  /** Gives a file input, which stands in its label, files that lie on the disk. */
  async choose(input: string, files: string[]): Promise<void> {
    await this.sees({ css: `#app label:has(${input})` });
    await this.browser.choose(`#app ${input}`, files);
  }

  private async isAt(address: string): Promise<void> {
    const there = () => this.browser.evaluate(() => (document.documentElement.dataset.app === "ready" ? location.pathname : ""), null).catch(() => "");
    await expect.poll(there, { intervals: [20, 50, 100] }).toBe(address);
  }

  /** What stands in a field. */
  async value(field: string): Promise<string> {
    return this.browser.evaluate((css) => document.querySelector<HTMLTextAreaElement>(css)?.value ?? "", field);
  }

  private async until(target: Sought, isWanted: (count: number) => boolean): Promise<Seen[]> {
    let seen: Seen[] = [];
    const asked = async (): Promise<boolean> => isWanted((seen = await this.browser.evaluate(look, target)).length);
    try {
      await expect.poll(asked, { intervals: [20, 50, 100] }).toBe(true);
      return seen;
    } catch (error) {
      const page = await this.browser.evaluate(() => `${location.pathname}\n${document.body.innerText}`, null).catch(String);
      throw new Error(`${this.browser.version}: ${JSON.stringify(target)} is seen ${seen.length} times at ${page}`, { cause: error });
    }
  }
}

/** Runs in the page: whether the app was open and took it. */
function follow({ home, address }: { home: string; address: string }): boolean {
  if (location.origin !== home || document.documentElement.dataset.app !== "ready") return false;
  const link = document.createElement("a");
  link.href = address;
  document.body.append(link);
  link.click();
  link.remove();
  return true;
}

/** What is seen, and where its middle is. */
interface Seen {
  said: string;
  x: number;
  y: number;
}

interface Sought extends Target {
  /** The first is brought into view, and a press must meet it. */
  isReached?: boolean;
}

/** Runs in the page: all that are seen. */
function look({ css, text, name, isReached }: Sought): Seen[] {
  const seen = [...document.querySelectorAll<HTMLElement>(css)].filter((one) => {
    if (one.getClientRects().length === 0) return false;
    const said = one.innerText.trim();
    if (text !== undefined && !said.includes(text)) return false;
    return name === undefined || said === name || one.getAttribute("aria-label") === name;
  });
  const first = seen[0];
  if (isReached && first) {
    first.scrollIntoView({ block: "center", behavior: "instant" });
    const { left, top, width, height } = first.getBoundingClientRect();
    const met = document.elementFromPoint(left + width / 2, top + height / 2);
    if (!met || !(first.contains(met) || met.contains(first))) return [];
  }
  return seen.map((one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    return { said: one.innerText.trim(), x: left + width / 2, y: top + height / 2 };
  });
}
