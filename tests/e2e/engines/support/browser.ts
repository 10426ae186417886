// What these journeys ask of a browser, whichever engine it has: the little that every driver can do.
import { readFileSync, readdirSync } from "node:fs";

export interface Browser {
  /** The engine with its version, known once it has started. */
  readonly version: string;
  /** Where files that it saves go. */
  readonly downloads: string;
  /** A new process on the same profile. */
  start(): Promise<void>;
  goto(address: string): Promise<void>;
  /** Runs in the page; only what JSON can say goes in and comes out. */
  evaluate<In, Out>(run: (input: In) => Out | Promise<Out>, input: In): Promise<Out>;
  /** A real press at a place of the screen, in CSS pixels. */
  pressAt(x: number, y: number): Promise<void>;
  /** Real keys, into what has the focus. */
  type(text: string): Promise<void>;
  /** Gives a file input files that lie on the disk. */
  choose(css: string, files: string[]): Promise<void>;
  /** SIGKILL to every process of the browser at once: no page hears of it. */
  kill(): Promise<void>;
  /** The same where it runs. */
  stop(): Promise<void>;
}

/** Ends a process and all that it started, in one go, before any of them can tell the others. */
export function killAll(root: number): void {
  for (const pid of [root, ...descendants(root)]) {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      // It ended by itself meanwhile.
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

function descendants(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    const parent = parentOf(name);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found: number[] = [];
  for (let next = children.get(root) ?? []; next.length > 0; next = next.flatMap((pid) => children.get(pid) ?? [])) found.push(...next);
  return found;
}

function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return 0;
  }
}
