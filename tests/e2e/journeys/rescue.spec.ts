import { readFile } from "node:fs/promises";
import { openZip } from "../../reader/zip.mjs";
import { waitUntilFramed } from "../support/at-rest.ts";
import { expect, test } from "../support/fixtures.ts";

test("the rescue screen lists what is there and saves it as a page that anybody can read", async ({ phone, server, app }) => {
  await app.tell("story", { words: "The first time on the ferry.", newChild: "Sam", photo: true });
  await app.tell("feedback", { words: "Thank you for waiting." });
  await waitUntilFramed(phone.page);
  await app.waitUntilOffline();
  await server.kill();

  await phone.open("/rescue");
  await expect(app.rescue.list).toContainText("The first time on the ferry.");
  await expect(app.rescue.list).toContainText("Thank you for waiting.");

  await app.rescue.copyEverything();
  const page = await readFile(await app.rescue.savePage(), "utf8");
  for (const text of ["The first time on the ferry.", "Thank you for waiting.", "Sam", "data:image/jpeg;base64,"]) {
    expect(page).toContain(text);
  }
  expect(page, "it needs nothing from anywhere").not.toMatch(/<script|src="http|href="http/);

  const zip = openZip(await readFile(await app.rescue.saveZip()));
  expect(String(zip.get("index.html"))).toContain("The first time on the ferry.");
});

test("the rescue screen works when the app's own code does not", async ({ phone, app }) => {
  await app.tell("story", { words: "Still here." });
  await waitUntilFramed(phone.page);
  await phone.context.route(/\.wasm$/, (route) => route.abort());
  await phone.context.route(/hearth-(app|first|worker).*\.js$/, (route) => route.abort());
  await phone.open("/rescue");
  await expect(app.rescue.list).toContainText("Still here.");
});

test("the rescue screen changes nothing", async ({ phone, app }) => {
  await app.tell("story", { words: "Untouched." });
  await phone.open("/rescue");
  await app.rescue.copyEverything();
  await app.rescue.savePage();
  await app.ours.open();
  await expect(app.ours.card("Untouched.")).toBeVisible();
});

test("on a phone with nothing on it the rescue screen says so", async ({ phone, app }) => {
  await phone.open("/rescue");
  await expect(app.rescue.nothing).toBeVisible();
  expect(await phone.page.evaluate(async () => (await indexedDB.databases()).length), "looking makes no vault").toBe(0);
});
