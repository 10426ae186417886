// A contact sheet: every picture of one variant side by side, as a page and as one picture.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "@playwright/test";
import type { Phone } from "../support/phone.ts";
import { place } from "../support/place.ts";

const ACROSS = 6;
const GAP = 24;

export class Sheet {
  private readonly drawn: string[] = [];

  private constructor(
    private readonly name: string,
    private readonly width: number,
    private readonly folder: string,
  ) {}

  static async begin(name: string, width: number): Promise<Sheet> {
    const folder = path.join(place.results, name);
    await mkdir(folder, { recursive: true });
    return new Sheet(name, width, folder);
  }

  /** What a person sees at once; and the whole page beside it, where there is more. */
  async draw(page: Page, view: string): Promise<void> {
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: path.join(this.folder, `${view}.png`), animations: "disabled" });
    this.drawn.push(view);
    const isLonger = await page.evaluate(() => document.documentElement.scrollHeight > innerHeight + 1);
    if (!isLonger) return;
    const whole = `${view}-whole`;
    await page.screenshot({ path: path.join(this.folder, `${whole}.png`), animations: "disabled", fullPage: true });
  }

  async compose(phone: Phone): Promise<void> {
    const figures = this.drawn.map((view) => `<figure><img src="${view}.png" width="${this.width}"><figcaption>${view}</figcaption></figure>`);
    const style = `body{margin:${GAP}px;background:#777;font:20px sans-serif;color:#fff;display:grid;grid-template-columns:repeat(${ACROSS},${this.width}px);gap:${GAP}px}figure{margin:0}figcaption{padding:6px 0}`;
    const file = path.join(this.folder, "sheet.html");
    await writeFile(file, `<!doctype html><meta charset="utf-8"><title>${this.name}</title><style>${style}</style>${figures.join("")}`);
    const page = await phone.context.newPage();
    await page.setViewportSize({ width: ACROSS * (this.width + GAP) + GAP, height: 900 });
    await page.goto(pathToFileURL(file).href);
    const session = await phone.context.newCDPSession(page);
    await session.send("Emulation.setDeviceMetricsOverride", {
      width: ACROSS * (this.width + GAP) + GAP,
      height: 900,
      deviceScaleFactor: 0.75,
      mobile: false,
    });
    await page.screenshot({ path: path.join(place.results, `${this.name}.png`), fullPage: true });
    await page.close();
  }
}
