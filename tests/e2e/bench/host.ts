// A phone with ten thousand records, as the native engine has it: `hearth-wire host`.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type Interface, createInterface } from "node:readline";
import { place } from "../support/place.ts";

export class Host {
  private readonly answers: Interface;
  private readonly ended: Promise<never>;

  private constructor(private readonly process: ChildProcess) {
    this.answers = createInterface(process.stdout!);
    this.ended = once(process, "exit").then(() => Promise.reject(new Error("the host has ended: why stands above")));
    this.ended.catch(() => {});
  }

  /** Starts one whose records the server has. */
  static async start(port: number): Promise<Host> {
    const host = new Host(spawn(place.wire, ["host", String(port)], { stdio: ["pipe", "pipe", "inherit"] }));
    await host.answer();
    return host;
  }

  /** A link for another phone of the same person. */
  async invite(): Promise<string> {
    return this.ask("invite");
  }

  /** Hears what the server has for it. */
  async look(): Promise<void> {
    await this.ask("look");
  }

  /** Lets the phone in that followed the link. */
  async approve(): Promise<void> {
    await this.ask("approve");
  }

  async stop(): Promise<void> {
    const ended = once(this.process, "exit");
    this.process.stdin!.end();
    await ended;
  }

  private async ask(command: string): Promise<string> {
    const answer = this.answer();
    this.process.stdin!.write(`${command}\n`);
    return answer;
  }

  private async answer(): Promise<string> {
    const [line] = await Promise.race([once(this.answers, "line"), this.ended]);
    return line;
  }
}
