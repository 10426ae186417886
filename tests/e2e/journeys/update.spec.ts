import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.ts";
import { place } from "../support/place.ts";
import { comeBack, makeBrokenVersion, makeVersion, versionOf } from "../support/version.ts";

/** The versions of the app that this phone holds whole. */
function keptVersions(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names = await caches.keys();
    return names.filter((name) => name.startsWith("hearth-shell-")).map((name) => name.slice("hearth-shell-".length));
  });
}

test("a new version is offered, one press and one reload adopt it, and the draft is kept", async ({ phone, server, app, folder }) => {
  const next = await makeVersion(folder, "next");
  await phone.open("/make/story");
  await app.waitUntilOffline();
  await app.make.type("Half a sentence that must not be lo");
  await app.make.waitUntilKept();

  await server.stop();
  await server.startAgain(next.folder);
  await comeBack(phone.page);
  await expect(app.updateBar).toBeVisible();
  await expect(app.make.field("story.words"), "nothing reloads by itself").toHaveValue("Half a sentence that must not be lo");

  let loads = 0;
  phone.page.on("load", () => {
    loads += 1;
  });
  await app.useUpdate();
  await app.make.waitUntilShown();
  await expect(app.make.field("story.words")).toHaveValue("Half a sentence that must not be lo");
  await expect.poll(() => keptVersions(phone.page)).toEqual([next.name]);
  await expect(app.updateBar).toHaveCount(0);
  expect(loads).toBe(1);

  await server.kill();
  await phone.kill();
  await phone.startAgain();
  await phone.open();
  await app.home.goOn("Half a sentence");
  await expect(app.make.field("story.words")).toHaveValue("Half a sentence that must not be lo");
});

test("a full phone keeps what was saved, says what it cannot keep, and no new version goes over those words", async ({ phone, server, app, folder }) => {
  test.slow();
  const next = await makeVersion(folder, "next");
  await app.tell("story", { words: "Saved while there was room." });
  await phone.open("/make/story");
  await app.waitUntilOffline();
  await server.stop();
  await server.startAgain(next.folder);
  await comeBack(phone.page);
  await expect(app.updateBar).toBeVisible();
  await phone.limitRoom(1);
  // The browser goes by what it knew of the room for a while.
  await expect(async () => {
    await app.make.type("No room. ");
    await expect(app.make.notKept).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  const words = await app.make.words.inputValue();
  await app.make.save();
  await expect(app.make.problem).toContainText(app.word("failure.full"));
  await app.useUpdate();
  await expect(app.toast).toContainText(app.word("update.waits"));
  await expect(app.make.field("story.words")).toHaveValue(words);

  await phone.limitRoom(null);
  await app.make.save();
  await app.make.waitUntilSaved();
  await app.ours.open();
  await expect(app.ours.card("Saved while there was room.")).toBeVisible();
  await expect(app.ours.card("No room.")).toBeVisible();
});

test("later means later: the version in use stays until it is asked for", async ({ phone, server, app, folder }) => {
  const now = await versionOf(place.dist);
  const next = await makeVersion(folder, "next");
  await phone.open();
  await app.waitUntilOffline();
  await server.stop();
  await server.startAgain(next.folder);
  await comeBack(phone.page);
  await app.updateLater();
  await expect(app.updateBar).toHaveCount(0);
  expect((await keptVersions(phone.page)).sort()).toEqual([now, next.name].sort());
  await phone.open("/settings");
  await expect(app.updateBar, "it is offered again when the app is opened anew").toBeVisible();
  expect(await phone.page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null)).toBe(true);
});

test("a look for a new version that fails, as the line comes back a moment later, is taken again", async ({ phone, server, app, folder }) => {
  const next = await makeVersion(folder, "next");
  await phone.open();
  await app.waitUntilOffline();
  await server.stop();
  await phone.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const update = registration.update.bind(registration);
    registration.update = () => {
      const answer = update();
      answer.catch(() => document.documentElement.setAttribute("data-look", "failed"));
      return answer;
    };
  });
  await comeBack(phone.page);
  await expect(phone.page.locator("html")).toHaveAttribute("data-look", "failed");
  await server.startAgain(next.folder);
  await expect(app.updateBar).toBeVisible();
});

test("a broken next version leaves this one serving, also offline", async ({ phone, server, app, folder }) => {
  const now = await versionOf(place.dist);
  const broken = await makeBrokenVersion(folder, "broken");
  await phone.open();
  await app.waitUntilOffline();
  await server.stop();
  await server.startAgain(broken.folder);
  const end = await phone.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const found = new Promise<ServiceWorker>((resolve) => {
      registration.addEventListener("updatefound", () => resolve(registration.installing!));
    });
    await registration.update();
    const worker = await found;
    while (worker.state === "installing") {
      await new Promise((resolve) => worker.addEventListener("statechange", resolve, { once: true }));
    }
    return worker.state;
  });
  expect(end).toBe("redundant");
  await expect(app.updateBar).toHaveCount(0);
  await expect.poll(() => keptVersions(phone.page)).toEqual([now]);

  await server.kill();
  await phone.kill();
  await phone.startAgain();
  await phone.open();
  await app.home.waitUntilShown();
});
