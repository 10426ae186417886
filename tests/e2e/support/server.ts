// The real server as a process of its own, which a test may end in the middle of anything.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { place } from "./place.ts";

export class Server {
  private process: ChildProcess | null = null;
  private port = 0;
  private app: string | null = null;
  /** What it wrote to stdout and stderr since the test began. */
  readonly lines: string[] = [];

  private constructor(
    private readonly folder: string,
    private readonly origins: readonly string[],
  ) {}

  /** Starts one with a data file of its own in `folder`, known under more addresses than its own. */
  static async start(folder: string, app: string | null = null, origins: readonly string[] = []): Promise<Server> {
    const server = new Server(folder, origins);
    await server.startAgain(app);
    return server;
  }

  get address(): string {
    return `http://localhost:${this.port}`;
  }

  get portNumber(): number {
    return this.port;
  }

  /** The same port and data file; `app` is a folder to serve instead of the app inside the binary. */
  async startAgain(app: string | null = this.app): Promise<void> {
    this.app = app;
    const extra = [...(app ? ["--app", app] : []), ...this.origins.flatMap((origin) => ["--origin", origin])];
    const data = path.join(this.folder, "hearth.sqlite");
    const child = spawn(place.server, ["--listen", `127.0.0.1:${this.port}`, "--data", data, ...extra], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.process = child;
    createInterface(child.stderr).on("line", (line) => this.lines.push(line));
    this.port = await new Promise<number>((resolve, reject) => {
      createInterface(child.stdout).on("line", (line) => {
        this.lines.push(line);
        const found = /Hearth is at http:\/\/localhost:(\d+)/.exec(line);
        if (found) resolve(Number(found[1]));
      });
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`the server ended with ${code}:\n${this.lines.join("\n")}`)));
    });
  }

  /** SIGKILL: no goodbye, as when a machine loses power. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
  }

  /** SIGTERM: it finishes what it is doing. */
  async stop(): Promise<void> {
    await this.end("SIGTERM");
  }

  /** Ends it and puts its data files aside, as a nightly backup of a machine does. */
  async copyDataTo(folder: string): Promise<void> {
    await this.stop();
    for (const name of await this.dataFiles(this.folder)) await copyFile(path.join(this.folder, name), path.join(folder, name));
    await this.startAgain();
  }

  /** Ends it and begins again on what lies in that folder, or on nothing. */
  async setBackTo(folder: string | null): Promise<void> {
    await this.stop();
    for (const name of await this.dataFiles(this.folder)) await rm(path.join(this.folder, name));
    const kept = folder === null ? [] : await this.dataFiles(folder);
    for (const name of kept) await copyFile(path.join(folder ?? "", name), path.join(this.folder, name));
    await this.startAgain();
  }

  private async dataFiles(folder: string): Promise<string[]> {
    return (await readdir(folder)).filter((name) => name.startsWith("hearth.sqlite"));
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.process;
    this.process = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }
}
