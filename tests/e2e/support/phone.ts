// A phone: one browser with a profile folder of its own, so that its process can be killed and
// started again with everything that was durable, and nothing else.
import { readlink } from "node:fs/promises";
import path from "node:path";
import { type BrowserContext, type BrowserContextOptions, type CDPSession, type Page, chromium } from "@playwright/test";
import { rememberShownPhotos } from "../photos/shown.ts";
import { place } from "./place.ts";
import { Problems } from "./problems.ts";

export const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const PHONE_LOOKS: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  locale: "en-GB",
  timezoneId: "Europe/London",
  acceptDownloads: true,
};

export interface PhoneOptions extends BrowserContextOptions {
  /** More browser flags, such as a host mapping. */
  flags?: string[];
}

export class Phone {
  private running: BrowserContext | null = null;
  private shown: Page | null = null;
  /** Open as long as it limits the room: the browser forgets the limit with it. */
  private room: CDPSession | null = null;
  readonly problems = new Problems();
  /** Every address that any page or worker of this phone asked for. */
  readonly requested: string[] = [];

  private constructor(
    private readonly folder: string,
    readonly home: string,
    private readonly options: PhoneOptions,
  ) {}

  static async start(folder: string, home: string, options: PhoneOptions = {}): Promise<Phone> {
    const phone = new Phone(folder, home, options);
    await phone.startAgain();
    return phone;
  }

  get context(): BrowserContext {
    if (!this.running) throw new Error("this phone's browser is not running");
    return this.running;
  }

  get page(): Page {
    if (!this.shown) throw new Error("this phone's browser is not running");
    return this.shown;
  }

  get isRunning(): boolean {
    return this.running !== null;
  }

  /** Another browser process on the same profile. */
  async startAgain(): Promise<void> {
    const { flags = [], ...looks } = this.options;
    const context = await chromium.launchPersistentContext(path.join(this.folder, "profile"), {
      executablePath: place.chromium,
      headless: true,
      args: [...CHROMIUM_FLAGS, ...flags],
      ...PHONE_LOOKS,
      ...looks,
    });
    this.running = context;
    context.on("request", (request) => this.requested.push(request.url()));
    await this.problems.watch(context);
    await rememberShownPhotos(context);
    this.shown = context.pages()[0] ?? (await context.newPage());
  }

  /** Opens an address of the app, such as `/make/story`. */
  async open(address = "/"): Promise<void> {
    await this.page.goto(this.home + address);
  }

  /** Another tab of the same browser; the tab before it stays open. */
  async openTab(address = "/"): Promise<Page> {
    this.shown = await this.context.newPage();
    await this.open(address);
    return this.shown;
  }

  /** Closes the tab as a person does, without asking the page. */
  async closeTab(): Promise<void> {
    const closed = this.page;
    this.shown = await this.context.newPage();
    await closed.close();
  }

  /** How much the browser lets the app keep, in bytes; as much as it likes where `null`. */
  async limitRoom(bytes: number | null): Promise<void> {
    this.room ??= await this.context.newCDPSession(this.page);
    const origin = new URL(this.home).origin;
    await this.room.send("Storage.overrideQuotaForOrigin", bytes === null ? { origin } : { origin, quotaSize: bytes });
  }

  /** SIGKILL to the browser process: no page hears of it. */
  async kill(): Promise<void> {
    const context = this.context;
    const gone = new Promise<void>((resolve) => context.once("close", () => resolve()));
    process.kill(await this.browserProcess(), "SIGKILL");
    await gone;
    this.running = null;
    this.shown = null;
  }

  async stop(): Promise<void> {
    await this.running?.close();
    this.running = null;
    this.shown = null;
  }

  /** The browser writes its host's name and process id into its profile's lock. */
  private async browserProcess(): Promise<number> {
    const lock = await readlink(path.join(this.folder, "profile/SingletonLock"));
    return Number(lock.slice(lock.lastIndexOf("-") + 1));
  }
}
