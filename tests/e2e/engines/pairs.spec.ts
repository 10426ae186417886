// Two phones in different engines, one of them on a line that the test holds: what is told in one
// arrives in the other, once, also where a browser is killed on the way.
import path from "node:path";
import type { Line, Trouble } from "../support/line.ts";
import { BLOB_GET, EXCHANGE } from "../support/on-line.ts";
import { type Engine, needs, test } from "./support/fixtures.ts";
import type { Hand } from "./support/hand.ts";
import { begin, beginStory, bringIn, drawPhoto, expectOnce, save, seePhotoOf, tell, waitForArrival } from "./support/steps.ts";

const PAIRS: [Engine, Engine][] = [["WebKitGTK", "Firefox"], ["Firefox", "WebKitGTK"]];

for (const [held, other] of PAIRS) {
  test(`${held} invites ${other}; both tell and read, and ${held} killed while sending and receiving has each once`, async ({ folder, line, startPhone }) => {
    needs(held, other);
    const [phone, reader] = await Promise.all([startPhone(held, line), startPhone(other)]);
    await begin(phone);
    const photo = await drawPhoto(phone, path.join(folder, "drawn.jpg"));
    const told = ["Begun before."];
    await tell(phone, "Begun before.", photo);
    await bringIn(phone, reader);
    await seePhotoOf(reader, "Begun before.");

    for (const [moment, trouble] of SENDING) {
      const words = `Killed ${moment}.`;
      await beginStory(phone, words);
      line.setWeather((address) => (address === EXCHANGE ? trouble : null));
      await save(phone);
      await line.meets(EXCHANGE);
      await killAndStartAgain(phone, line);
      told.push(words);
      await phone.open();
      await waitForArrival(reader, words);
    }

    for (const [address, moment, trouble] of RECEIVING) {
      const words = `Received ${moment}.`;
      await phone.open("/ours");
      await phone.sees({ css: "#app [data-record]" });
      // Longer than any answer without news: those pass.
      line.setWeather((asked) => (asked === address ? trouble : null));
      await tell(reader, words, photo);
      await line.meets(address);
      await killAndStartAgain(phone, line);
      told.push(words);
      await waitForArrival(phone, words);
      await seePhotoOf(phone, words);
    }
    await expectOnce(phone, told);
    await expectOnce(reader, told);
  });
}

const SENDING: [string, Trouble][] = [
  ["in the middle of the request", { up: 300 }],
  ["when the server has it and nothing has come back", { down: 0 }],
];

const RECEIVING: [string, string, Trouble][] = [
  [EXCHANGE, "in the middle", { down: 650 }],
  [BLOB_GET, "in a photo's middle", { down: 300 }],
];

/** The process ends now, and another one begins on what was durable. */
async function killAndStartAgain(phone: Hand, line: Line): Promise<void> {
  await phone.browser.kill();
  line.clear();
  line.hangUp();
  await phone.browser.start();
}
