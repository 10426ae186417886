// WebKitGTK, over WebDriver, on a screen of its own that nobody sees.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { Readable } from "node:stream";
import { Builder, By, Capabilities, type WebDriver } from "selenium-webdriver";
import { fileURLToPath } from "node:url";
import { place } from "../../support/place.ts";
import { type Browser, killAll } from "./browser.ts";

const BROWSER = fileURLToPath(new URL("webkit-browser.js", import.meta.url));

export class WebKit implements Browser {
  private driver: WebDriver | null = null;
  private processes: ChildProcess[] = [];
  version = "WebKitGTK";
  readonly downloads: string;

  /** With a profile folder of its own; `proxy` is the port of a line that it goes through. */
  constructor(
    private readonly profile: string,
    private readonly proxy: number | null,
  ) {
    this.downloads = path.join(profile, "downloads");
  }

  async start(): Promise<void> {
    mkdirSync(this.downloads, { recursive: true });
    const display = await this.startScreen();
    const address = await this.startDriver(display);
    const args = ["-m", BROWSER, this.profile, ...(this.proxy ? [`http://127.0.0.1:${this.proxy}`] : [])];
    const wanted = new Capabilities({ browserName: "WebKitGTK", "webkitgtk:browserOptions": { binary: place.gjs, args } });
    this.driver = await new Builder().disableEnvironmentOverrides().usingServer(address).withCapabilities(wanted).build();
    const found = await this.driver.getCapabilities();
    this.version = `${found.getBrowserName()}/${found.getBrowserVersion()}`;
  }

  async goto(address: string): Promise<void> {
    await this.page.get(address);
  }

  async evaluate<In, Out>(run: (input: In) => Out | Promise<Out>, input: In): Promise<Out> {
    const script = `const done = arguments[1];
      Promise.resolve(arguments[0]).then(${run.toString()}).then((out) => done({ out }), (error) => done({ error: String(error) }));`;
    const answer = await this.page.executeAsyncScript<{ out: Out } | { error: string }>(script, input);
    if ("error" in answer) throw new Error(answer.error);
    return answer.out;
  }

  async pressAt(x: number, y: number): Promise<void> {
    await this.page.actions().move({ x: Math.round(x), y: Math.round(y), duration: 0 }).click().perform();
  }

  async type(text: string): Promise<void> {
    await this.page.actions().sendKeys(text).perform();
  }

  async choose(css: string, files: string[]): Promise<void> {
    await this.page.findElement(By.css(css)).sendKeys(files.join("\n"));
  }

  async kill(): Promise<void> {
    const gone = this.processes.map((child) => once(child, "exit"));
    // The driver is what started the browser.
    for (const { pid } of this.processes.toReversed()) if (pid) killAll(pid);
    await Promise.all(gone);
    this.processes = [];
    this.driver = null;
  }

  async stop(): Promise<void> {
    await this.kill();
  }

  private get page(): WebDriver {
    if (!this.driver) throw new Error("this browser is not running");
    return this.driver;
  }

  /** The number of a display that nobody else has. */
  private async startScreen(): Promise<string> {
    const screen = spawn(place.xvfb, ["-displayfd", "3", "-screen", "0", "800x900x24", "-nolisten", "tcp"], {
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    });
    this.processes.push(screen);
    const [number] = (await once(screen.stdio[3] as Readable, "data")) as [Buffer];
    return `:${number.toString().trim()}`;
  }

  private async startDriver(display: string): Promise<string> {
    const port = await findPort();
    const driver = spawn(place.webkitDriver, [`--port=${port}`], {
      stdio: "ignore",
      env: { ...process.env, ...PLAIN, DISPLAY: display },
    });
    this.processes.push(driver);
    const address = `http://127.0.0.1:${port}`;
    for (;;) {
      const answer = await fetch(`${address}/status`).catch(() => null);
      if (answer?.ok) return address;
      if (driver.exitCode !== null) throw new Error(`WebKitWebDriver ended with ${driver.exitCode}`);
    }
  }
}

/** No graphics card and no desktop. */
const PLAIN = {
  WEBKIT_DISABLE_DMABUF_RENDERER: "1",
  WEBKIT_DISABLE_COMPOSITING_MODE: "1",
  DBUS_SESSION_BUS_ADDRESS: "disabled:",
  GDK_BACKEND: "x11",
  GSETTINGS_BACKEND: "memory",
  LANG: "C.UTF-8",
  NO_AT_BRIDGE: "1",
};

async function findPort(): Promise<number> {
  const asked = createServer().listen(0, "127.0.0.1");
  await once(asked, "listening");
  const { port } = asked.address() as AddressInfo;
  asked.close();
  await once(asked, "close");
  return port;
}
