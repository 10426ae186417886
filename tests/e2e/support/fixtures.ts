// What every test starts with: a server and a phone of its own, ended afterwards whatever happened.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test as base } from "@playwright/test";
import { App } from "../pages/app.ts";
import { Phone, type PhoneOptions } from "./phone.ts";
import { Server } from "./server.ts";

interface Fixtures {
  /** A folder for this test alone. */
  folder: string;
  server: Server;
  phone: Phone;
  /** The app's screens on `phone`. */
  app: App;
  phoneOptions: PhoneOptions;
}

export const test = base.extend<Fixtures>({
  phoneOptions: [{}, { option: true }],

  folder: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), "hearth-e2e-"));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },

  server: async ({ folder }, use) => {
    const server = await Server.start(folder);
    await use(server);
    await server.kill();
  },

  phone: async ({ folder, server, phoneOptions }, use) => {
    const phone = await Phone.start(folder, server.address, phoneOptions);
    await use(phone);
    await phone.stop();
    expect(phone.problems.list(), "nothing went wrong in the background").toEqual([]);
  },

  app: async ({ phone }, use) => {
    await use(new App(phone));
  },
});

export { expect };
