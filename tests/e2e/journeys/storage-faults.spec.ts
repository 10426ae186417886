// Storage that fails: whatever it does, words stay or somebody is told, in words, with a way on.
import { cp, readFile } from "node:fs/promises";
import path from "node:path";
import { App } from "../pages/app.ts";
import { takePhoto } from "../photos/make.ts";
import { expectOnce } from "../support/on-line.ts";
import { expect, test } from "../support/fixtures.ts";
import { abortWrites, clearStore, damageRows, loseConnections, startEngineWith, upgradeStore, usedRoom } from "../support/faults.ts";
import { Phone } from "../support/phone.ts";

const PASSPHRASE = "the heron waits by the bridge";
const MEGABYTE = 1 << 20;

test("a browser that clears the store in the middle of a sentence: the words stay, Home says what is gone, and a backup brings it back", async ({ phone, app }) => {
  test.slow();
  await app.tell("story", { words: "Told before." });
  await phone.open("/backup");
  const file = await readFile(await (await app.backup.make(PASSPHRASE)).path());

  await phone.open("/make/story");
  await app.make.type("Half a sen");
  await app.make.waitUntilKept();
  await clearStore(phone);
  await app.make.type("tence.");
  await app.make.save();
  await app.make.waitUntilSaved();
  await phone.open();
  await expect(app.home.cleared).toBeVisible();
  await app.ours.open();
  await expect(app.ours.card("Half a sentence.")).toBeVisible();
  await expect(app.ours.cards, "nothing that is gone is shown").toHaveCount(1);

  await phone.open();
  await app.home.bringBack();
  await app.restore.bringBack(file, PASSPHRASE);
  await app.restore.waitUntilBack();
  await expectOnce(app, ["Told before.", "Half a sentence."]);
  await phone.open();
  await app.home.sayRead();
  await phone.open();
  await expect(app.home.drafts).toHaveCount(0);
  await app.ours.open();
  await expect(app.ours.cards).toHaveCount(2);
  await phone.open();
  await expect(app.home.cleared).toHaveCount(0);

  // The same while the app is closed.
  await phone.open("/rescue");
  await clearStore(phone);
  await phone.open();
  await expect(app.home.cleared).toBeVisible();
});

test("room for words stays where photos no longer fit", async ({ phone, app }) => {
  await app.tell("story", { words: "There is room." });
  await phone.open("/make/story");
  await app.make.write("Words where no photo fits.");
  await phone.limitRoom((await usedRoom(phone.page)) + 4 * MEGABYTE);
  await app.make.pictures.offer("photo.jpg", "image/jpeg", await takePhoto(phone.page, 800, 600, {}));
  await expect(app.make.pictures.problem).toContainText(app.word("photo.full"));
  await app.make.save();
  await app.make.waitUntilSaved();
  await phone.limitRoom(null);
  await app.tell("story", { words: "And a photo again.", photo: true });
});

test("connections that die and writes that are undone are healed, or said with a way to keep the words", async ({ phone, app }) => {
  await phone.open("/make/story");
  await app.make.type("Words");
  await app.make.waitUntilKept();
  await loseConnections(phone.page, 2);
  await app.make.type(" that outlive connection");
  await app.make.waitUntilKept();
  await abortWrites(phone.page, 1);
  await app.make.type("s");
  await expect(app.make.notKept).toBeVisible();
  await app.make.type(" and more");
  await app.make.waitUntilKept();

  await loseConnections(phone.page, -1);
  await app.make.save();
  await expect(app.make.problem).toContainText(app.word("form.not_saved"));
  await expect(app.make.problem).toContainText(app.word("failure.lost"));
  await expect(app.make.problem.getByRole("button", { name: app.word("item.share") })).toBeVisible();
  await phone.kill();
  await phone.startAgain();
  await phone.open();
  await app.home.goOn("Words that outlive connections and more");
  await app.make.save();
  await app.make.waitUntilSaved();

  // A newer Hearth in another tab: this one lets go, writes nothing and says what to do.
  await phone.open("/make/story");
  await app.make.waitUntilShown();
  const tab = phone.page;
  await phone.openTab("/manifest.webmanifest");
  await upgradeStore(phone.page);
  await tab.locator("#words").fill("After the newer one.");
  await expect(tab.getByText(app.word("failure.later_store"))).toBeVisible();
});

test("a browser that keeps no wrapping key, and rows that do not open, are both said, and the rest is there", async ({ phone, app }) => {
  await startEngineWith(phone, () => {
    for (const name of ["add", "put"] as const) {
      const keep = IDBObjectStore.prototype[name];
      IDBObjectStore.prototype[name] = function (value, key) {
        if (value instanceof CryptoKey) throw new DOMException("a CryptoKey cannot be cloned", "DataCloneError");
        return keep.call(this, value, key);
      };
    }
  });
  await app.tell("story", { words: "The first." });
  await app.tell("story", { words: "The second." });
  await phone.open("/settings");
  await expect(app.settings.trouble("settings.plain_key")).toBeVisible();

  await phone.open("/rescue");
  await damageRows(phone.page, "frames", 1);
  await phone.open();
  await expect(app.home.damaged("1")).toBeVisible();
  await expect(app.home.damaged("1").getByRole("link", { name: app.word("people.backup") })).toBeVisible();
  await expect(app.home.damaged("1").getByRole("link", { name: app.word("shell.rescue") })).toBeVisible();
  await app.ours.open();
  await expect(app.ours.cards).toHaveCount(1);
  await phone.open("/settings");
  await expect(app.settings.trouble("settings.damaged", { count: "1" })).toBeVisible();
});

test("a store that was copied: the copy gets keys of its own, says so, and everything is there once", async ({ phone, app, folder }) => {
  test.slow();
  await app.tell("story", { words: "Before the copy." });
  await app.phone.open("/people");
  await app.people.waitUntilSent();
  await phone.stop();
  await cp(path.join(folder, "profile"), path.join(folder, "copy/profile"), { recursive: true });
  await phone.startAgain();
  await app.tell("story", { words: "From the first." });
  await app.phone.open("/people");
  await app.people.waitUntilSent();

  const other = await Phone.start(path.join(folder, "copy"), phone.home);
  const copy = new App(other);
  await copy.tell("story", { words: "From the copy." });
  await copy.phone.open("/people");
  await copy.people.waitUntilSent();
  const [, found] = copy.word("sync.went_back").split("{day}");
  await expect(copy.people.standing).toContainText(found ?? "");
  await expectOnce(copy, ["Before the copy.", "From the first.", "From the copy."]);
  await other.stop();
  expect(other.problems.list()).toEqual([]);
  await app.tell("story", { words: "And the first goes on." });
  await app.phone.open("/people");
  await app.people.waitUntilSent();
  await expect(app.people.standing, "it is not the copy").not.toContainText(found ?? "");
  await expectOnce(app, ["Before the copy.", "From the first.", "From the copy.", "And the first goes on."]);
});
