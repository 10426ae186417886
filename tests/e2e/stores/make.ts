// A phone that a family has used for a while, in the middle of everything: see README.md.
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { App } from "../pages/app.ts";
import { fillPhone } from "../support/family.ts";
import { expect, test } from "../support/fixtures.ts";
import { Phone } from "../support/phone.ts";
import { Server } from "../support/server.ts";
import { type KeptStore, STORES, STORES_ADDRESS, flagsFor, packStore } from "../support/stores.ts";

test("a store to keep", async ({ folder }) => {
  const name = process.env.HEARTH_STORE;
  if (!name) throw new Error("HEARTH_STORE says what the store is called: the day of its build");
  const server = await Server.start(folder, null, [STORES_ADDRESS]);
  const phone = await Phone.start(folder, STORES_ADDRESS, { flags: flagsFor(server.portNumber) });
  const app = new App(phone);
  const family = await fillPhone(app);
  await phone.open(`/edit/${family.feedback}`);
  await app.make.write("Thank you for the quiet corner. He stayed until the very end.");
  await app.make.save();
  await app.make.waitUntilSaved();
  await phone.open("/people");
  await expect(app.people.standing).toContainText("The server has a locked copy of everything.");
  await app.waitUntilOffline();
  await server.stop();

  await app.tell("achievement", { words: "Asked for the bill himself, while no server was there.", child: "Noor" });
  await app.tell("story", { words: "The night train, told without a line.", photo: true });
  await app.saved.seeIt();
  await app.item.waitForPhoto(0);
  const photo = createHash("sha256").update(await app.item.photoBytes(0)).digest("hex");
  await phone.open("/make/story");
  await app.make.type("Half a sentence that nobody has sav");
  await app.make.waitUntilKept();
  await phone.stop();

  const store: KeptStore = {
    records: [
      { words: "Thank you for the quiet corner. He stayed until the very end.", isSent: true, photo: null },
      { words: "Put on both shoes, left and right, before anyone asked.", isSent: true, photo: null },
      { words: "We went to the pond.", isSent: true, photo: null },
      { words: "Asked for the bill himself, while no server was there.", isSent: false, photo: null },
      { words: "The night train, told without a line.", isSent: false, photo },
    ],
    inBin: "Wrong bus, right ending.",
    children: ["Noor", "Sam"],
    draft: "Half a sentence that nobody has sav",
  };
  await packStore(name, folder);
  await writeFile(path.join(STORES, `${name}.json`), `${JSON.stringify(store, null, 2)}\n`);
});
