// Saves faster than fingers: the app's own message of one save, sent again under other ids and words.
import type { Page } from "@playwright/test";
import type { Phone } from "./phone.ts";

/** A save as it went to the engine, and what is different in each further one. */
export interface Sample {
  bytes: number[];
  id: number[];
  /** As many letters as every other number of the same length. */
  words: string;
}

interface Kept {
  keptMessages: Uint8Array[];
}

/** From now on a page keeps what it sends to its engine. */
export async function keepMessages(phone: Phone): Promise<void> {
  await phone.context.addInitScript(() => {
    const kept: Uint8Array[] = [];
    (window as unknown as Kept).keptMessages = kept;
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...more) {
      if (message.bytes) kept.push(message.bytes.slice());
      return (post as (...all: unknown[]) => void).call(this, message, ...more);
    };
  });
}

/** The save of these words, which is what the page sent last with them in it. */
export function sampleOf(page: Page, id: string, words: string): Promise<Sample> {
  return page.evaluate(
    ([hex, text]) => {
      const kept = (window as unknown as Kept).keptMessages;
      const saved = kept.findLast((bytes) => new TextDecoder().decode(bytes).includes(text));
      if (!saved) throw new Error("no save was sent");
      return { bytes: [...saved], id: (hex.match(/../g) ?? []).map((byte) => parseInt(byte, 16)), words: text };
    },
    [id, words] as const,
  );
}

/** Saves these one after another, each when the one before it is saved. Answers how many were not. */
export function saveAll(page: Page, sample: Sample, told: string[]): Promise<number> {
  return page.evaluate(
    async ({ sample: { bytes, id, words }, told: all }) => {
      const worker = await (window as unknown as { hearth: { worker: Promise<Worker> } }).hearth.worker;
      const encoder = new TextEncoder();
      const at = (part: number[]) => bytes.findIndex((_, start) => part.every((byte, offset) => bytes[start + offset] === byte));
      const [idAt, wordsAt] = [at(id), at([...encoder.encode(words)])];
      if (idAt < 0 || wordsAt < 0) throw new Error("the save is not as it was");
      let unsaved = 0;
      for (const [count, text] of all.entries()) {
        const message = Uint8Array.from(bytes);
        message.set(crypto.getRandomValues(new Uint8Array(16)), idAt);
        message.set(encoder.encode(text), wordsAt);
        const number = 2_000_000_000 + count;
        const answer = await new Promise<Uint8Array>((resolve) => {
          const hear = (event: MessageEvent) => {
            if (event.data.id !== number) return;
            worker.removeEventListener("message", hear);
            resolve(event.data.bytes);
          };
          worker.addEventListener("message", hear);
          worker.postMessage({ id: number, bytes: message, files: [] });
        });
        // A failure's first byte is one.
        if (answer[0] !== 0) unsaved += 1;
      }
      return unsaved;
    },
    { sample, told },
  );
}
