// The line between a phone and the server: a proxy that can be slow, full of lies, or cut at a byte.
import { type IncomingMessage, type Server as Proxy, type ServerResponse, createServer, request } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { once } from "node:events";
import { Readable, type Writable, pipeline } from "node:stream";

/** What happens to a request instead of being carried. */
export type Trouble =
  /** Somebody else answers: a captive portal, a tired balancer. */
  | { answer: { status: number; headers?: Record<string, string>; body?: string } }
  /** Somebody else's answer never ends. */
  | { endless: true }
  /** So many bytes of the request's body get through, and never its end; then nothing more moves in
   *  either direction, or both ends hear that the line is gone. */
  | { up: number; isCut?: true }
  /** So many bytes of the answer's body get through, where it is longer. */
  | { down: number; isCut?: true }
  /** The answer comes one byte at a time. */
  | { drip: true };

/** Which trouble a request meets; `null` lets it pass. */
export type Weather = (path: string, count: number) => Trouble | null;

export class Line {
  private weather: Weather = () => null;
  private readonly met = new Map<string, number>();
  private readonly waiting: { path: string; resolve: () => void }[] = [];
  private readonly sockets = new Set<Socket>();
  /** How many requests for a path came here, whatever became of them. */
  readonly asked = new Map<string, number>();

  private constructor(
    private readonly proxy: Proxy,
    private readonly port: number,
  ) {}

  /** A line to the server on that port. */
  static async open(port: number): Promise<Line> {
    const proxy = createServer();
    const line = new Line(proxy, port);
    proxy.on("request", (asked, answer) => line.carry(asked, answer));
    proxy.on("connection", (socket) => {
      line.sockets.add(socket);
      socket.on("close", () => line.sockets.delete(socket));
    });
    proxy.listen(0, "127.0.0.1");
    await once(proxy, "listening");
    return line;
  }

  /** For a Chromium that goes through it: the server's address stays the same. */
  get flags(): string[] {
    return [`--host-resolver-rules=MAP localhost:${this.port} 127.0.0.1:${this.portNumber}`];
  }

  /** For any other browser, which takes it as its proxy. */
  get portNumber(): number {
    return (this.proxy.address() as AddressInfo).port;
  }

  /** From now on; the counts begin anew. */
  setWeather(weather: Weather): void {
    this.weather = weather;
    this.met.clear();
    this.asked.clear();
  }

  clear(): void {
    this.setWeather(() => null);
  }

  /** Until a request for this path has met its trouble: the held ones at their last byte. */
  meets(path: string): Promise<void> {
    if (this.met.get(path)) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push({ path, resolve }));
  }

  /** Everything that hangs hears that the line is gone. */
  hangUp(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.proxy.close();
    this.hangUp();
  }

  private note(path: string): void {
    this.met.set(path, (this.met.get(path) ?? 0) + 1);
    const ready = this.waiting.filter((one) => one.path === path);
    for (const one of ready) this.waiting.splice(this.waiting.indexOf(one), 1);
    for (const one of ready) one.resolve();
  }

  private carry(asked: IncomingMessage, answer: ServerResponse): void {
    // A proxy is asked for whole addresses.
    const { pathname: path, search } = new URL(asked.url ?? "/", "http://localhost");
    const count = (this.asked.get(path) ?? 0) + 1;
    this.asked.set(path, count);
    const trouble = this.weather(path, count) ?? { isFair: true as const };
    if ("answer" in trouble || "endless" in trouble) {
      asked.resume();
      this.note(path);
      return somebodyElse(trouble, answer);
    }
    const { method, headers } = asked;
    const onward = request({ host: "127.0.0.1", port: this.port, path: path + search, method, headers });
    // A server that is not there is a line that ends.
    onward.on("error", () => answer.destroy());
    answer.on("close", () => onward.destroy());
    const meet = (): void => {
      if ("isCut" in trouble) {
        onward.destroy();
        answer.destroy();
      }
      this.note(path);
    };
    if ("up" in trouble) {
      onward.flushHeaders();
      const stop = passSome(asked, onward, trouble.up, meet);
      asked.on("end", stop);
    } else {
      asked.pipe(onward);
    }
    onward.on("response", (reply) => {
      const length = Number(reply.headers["content-length"] ?? Infinity);
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      answer.flushHeaders();
      if ("drip" in trouble) {
        this.note(path);
        void drip(reply, answer);
      } else if ("down" in trouble && length > trouble.down) {
        passSome(reply, answer, trouble.down, meet);
      } else {
        reply.pipe(answer);
        reply.on("error", () => answer.destroy());
      }
    });
  }
}

function somebodyElse(trouble: Extract<Trouble, { answer: unknown } | { endless: true }>, answer: ServerResponse): void {
  if ("endless" in trouble) {
    pour(answer);
    return;
  }
  const { status, headers = {}, body = "" } = trouble.answer;
  answer.writeHead(status, headers).end(body);
}

/** Passes so many bytes on and calls `meet` at the last of them, once; gives what ends it earlier. */
function passSome(from: IncomingMessage, to: Writable, count: number, meet: () => void): () => void {
  let left = count;
  let isMet = false;
  const stop = (): void => {
    if (isMet) return;
    isMet = true;
    meet();
  };
  from.on("data", (part: Buffer) => {
    if (isMet) return;
    const some = part.subarray(0, left);
    left -= some.length;
    if (some.length > 0) to.write(some);
    if (left === 0) stop();
  });
  if (left === 0) stop();
  return stop;
}

/** Something that looks like a page, for as long as anybody listens. */
function pour(answer: ServerResponse): void {
  answer.writeHead(200, { "content-type": "text/html" });
  const part = Buffer.alloc(16 * 1024, "<p>Sign in</p>");
  const page = new Readable({ read: () => page.push(part) });
  pipeline(page, answer, () => page.destroy());
}

/** One byte, then the next turn of the loop. */
async function drip(reply: IncomingMessage, answer: ServerResponse): Promise<void> {
  for await (const part of reply as AsyncIterable<Buffer>) {
    for (const byte of part) {
      if (answer.destroyed) return;
      if (!answer.write(Buffer.of(byte))) await once(answer, "drain");
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  answer.end();
}
