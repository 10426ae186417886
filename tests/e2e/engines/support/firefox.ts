// Firefox ESR, over WebDriver BiDi.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import puppeteer, { type ElementHandle, type Page } from "puppeteer-core";
import { place } from "../../support/place.ts";
import { type Browser, killAll } from "./browser.ts";

export class Firefox implements Browser {
  private process: ChildProcess | null = null;
  private shown: Page | null = null;
  version = "Firefox";
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
    // Not puppeteer's launch: it would put the settings back while the next process starts.
    writeFileSync(path.join(this.profile, "user.js"), this.settings());
    const child = spawn(place.firefox, ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile", this.profile], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.process = child;
    const address = await new Promise<string>((resolve, reject) => {
      createInterface(child.stderr).on("line", (line) => {
        const found = /WebDriver BiDi listening on (ws:\S+)/.exec(line)?.[1];
        if (found) resolve(found);
      });
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`Firefox ended with ${code}`)));
    });
    const driven = await puppeteer.connect({ browserWSEndpoint: `${address}/session`, protocol: "webDriverBiDi", defaultViewport: null });
    this.version = await driven.version();
    this.shown = (await driven.pages())[0] ?? (await driven.newPage());
    await this.shown.setViewport({ width: 360, height: 740 });
  }

  async goto(address: string): Promise<void> {
    await this.page.goto(address);
  }

  async evaluate<In, Out>(run: (input: In) => Out | Promise<Out>, input: In): Promise<Out> {
    return (await this.page.evaluate(run as (input: unknown) => unknown, input)) as Out;
  }

  async pressAt(x: number, y: number): Promise<void> {
    await this.page.mouse.click(x, y);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  async choose(css: string, files: string[]): Promise<void> {
    const input = (await this.page.$(css)) as ElementHandle<HTMLInputElement> | null;
    if (!input) throw new Error(`there is no ${css}`);
    await input.uploadFile(...files);
  }

  async kill(): Promise<void> {
    const child = this.process;
    if (!child?.pid) throw new Error("this browser is not running");
    const gone = once(child, "exit");
    killAll(child.pid);
    await gone;
    this.process = null;
    this.shown = null;
  }

  async stop(): Promise<void> {
    if (this.process) await this.kill();
  }

  private settings(): string {
    const all = { ...QUIET, ...savesTo(this.downloads), ...(this.proxy ? through(this.proxy) : {}) };
    return Object.entries(all).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join("");
  }

  private get page(): Page {
    if (!this.shown) throw new Error("this browser is not running");
    return this.shown;
  }
}

/** It asks nobody but the server, and nothing of the person, also after it was killed. */
const QUIET = {
  "browser.sessionstore.resume_from_crash": false,
  "browser.startup.page": 0,
  "toolkit.startup.max_resumed_crashes": -1,
  "app.normandy.enabled": false,
  "app.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
};

function savesTo(folder: string): Record<string, unknown> {
  return {
    "browser.download.dir": folder,
    "browser.download.folderList": 2,
    "browser.download.useDownloadDir": true,
    "browser.download.always_ask_before_handling_new_types": false,
  };
}

function through(port: number): Record<string, unknown> {
  return {
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": port,
    "network.proxy.allow_hijacking_localhost": true,
    "network.proxy.no_proxies_on": "",
  };
}
