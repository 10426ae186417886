// A first visit has a program of its own, smaller than the whole one: telling, and reading what was told.
import type { Phone } from "../support/phone.ts";
import { expect, test } from "../support/fixtures.ts";
import { fillPhone } from "../support/family.ts";
import { listScreens, openScreen } from "../support/screens.ts";

/** Which programs were asked for since the last time. */
function programs(phone: Phone): string[] {
  const asked = phone.requested.splice(0).map((url) => /hearth-(app|first)-\w+\.wasm$/.exec(url)?.[1]);
  return asked.filter((name) => name !== undefined);
}

/** Each program is fetched when it is wanted, as in a private window. */
async function keepOfflineCopyAway(phone: Phone): Promise<void> {
  await phone.context.addInitScript(() => {
    ServiceWorkerContainer.prototype.register = () => Promise.reject(new Error("not here"));
  });
}

test("a first visit has its own program; another screen brings the whole one, and typed words stay", async ({ phone, app }) => {
  await keepOfflineCopyAway(phone);
  await phone.open();
  await app.home.waitUntilShown();
  expect(programs(phone)).toEqual(["first"]);
  await app.home.tellStory();
  await app.make.type("He rode his bike to the");
  await app.make.waitUntilKept();
  await phone.page.goBack();
  await app.home.waitUntilShown();
  expect(programs(phone)).toEqual([]);
  await app.bottomBar.getByRole("link", { name: app.word("nav.settings"), exact: true }).tap();
  await app.settings.waitUntilShown();
  expect(programs(phone)).toEqual(["app"]);
  await phone.page.goBack();
  await app.home.goOn("He rode");
  await expect(app.make.words).toHaveValue("He rode his bike to the");
  expect(programs(phone), "the whole one has these screens too").toEqual([]);
});

test("whoever comes by a link to another screen has the whole program at once", async ({ phone, app }) => {
  await phone.open("/join");
  await app.join.waitUntilShown();
  expect(programs(phone).at(0)).toBe("app");
});

test("with the offline copy the whole program is here, and the first one is never asked for again", async ({ phone, app, server }) => {
  await phone.open();
  await app.waitUntilOffline();
  programs(phone);
  await server.kill();
  await phone.stop();
  await phone.startAgain();
  for (const address of ["/", "/people"]) {
    await phone.open(address);
    await (address === "/" ? app.home : app.people).waitUntilShown();
    expect(new Set(programs(phone))).toEqual(new Set(["app"]));
  }
});

test("each screen is drawn by the program that has it, without a second load", async ({ phone, app }) => {
  await keepOfflineCopyAway(phone);
  const { story } = await fillPhone(app);
  const wrong: string[] = [];
  for (const screen of listScreens()) {
    programs(phone);
    await openScreen(app, screen, story);
    const asked = programs(phone).join();
    if (asked !== (screen.is_first ? "first" : "app")) wrong.push(`${screen.name}: ${asked}`);
  }
  expect(wrong).toEqual([]);
});
