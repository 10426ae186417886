// What there is to see beside the plain screens: the states a person meets. Axe visits them and
// the look draws them.
import { expect } from "@playwright/test";
import type { App } from "../pages/app.ts";
import type { Family } from "./family.ts";
import type { Server } from "./server.ts";
import { comeBack, makeVersion } from "./version.ts";

/** What a view needs beside the phone. */
export interface Ground {
  server: Server;
  /** For files of the test's own. */
  folder: string;
}

export interface View {
  name: string;
  show(app: App, family: Family, ground: Ground): Promise<void>;
  /** Where the next view needs something put right first. */
  leave?(app: App): Promise<void>;
}

/** On a phone with nothing on it yet. */
export const EMPTY: View[] = [
  {
    name: "home-empty",
    async show(app) {
      await app.phone.open();
      await app.home.waitUntilShown();
    },
  },
  {
    name: "ours-empty",
    async show(app) {
      await app.phone.open("/ours");
      await expect(app.ours.empty).toBeVisible();
    },
  },
  {
    name: "bin-empty",
    async show(app) {
      await app.phone.open("/bin");
      await expect(app.bin.empty).toBeVisible();
    },
  },
  {
    name: "restore-words-wrong",
    async show(app) {
      await app.phone.open("/restore/words");
      await app.restoreWords.bringBack([..."abandon ".repeat(6).trim().split(" "), "abondan", ..."about ".repeat(5).trim().split(" ")]);
      await expect(app.restoreWords.trouble).toContainText("abondan");
    },
  },
  {
    name: "words-nothing-yet",
    async show(app) {
      await app.phone.open("/words");
      await app.words.mainAction.tap();
      await expect(app.words.trouble).toContainText(app.word("words.nothing"));
    },
  },
  {
    name: "make-story-nothing-to-save",
    async show(app) {
      await app.phone.open("/make/story");
      await app.make.waitUntilShown();
      await app.make.save();
      await expect(app.make.missing).toBeVisible();
    },
  },
];

/** On a phone that a family has used for a while. The last ones leave a draft behind. */
export const USED: View[] = [
  {
    name: "hand-over-chosen",
    async show(app) {
      await app.phone.open("/hand-over");
      await app.handOver.waitUntilShown();
      await app.handOver.putOn("We went to the pond", "Put on both shoes");
      await app.handOver.isFor("Mrs Patel");
      await app.handOver.say("We would like these in the plan.");
      await app.handOver.waitUntilKept();
    },
  },
  {
    name: "item-handout",
    async show(app) {
      await app.handOver.save();
      await app.handOver.waitUntilSaved();
      await app.saved.seeIt();
    },
  },
  {
    name: "saved-feedback",
    async show(app, family) {
      await app.phone.open(`/saved/${family.feedback}`);
      await app.saved.waitUntilShown();
    },
  },
  {
    name: "item-feedback",
    async show(app, family) {
      await app.phone.open(`/item/${family.feedback}`);
      await app.item.waitUntilShown();
    },
  },
  {
    name: "earlier-versions",
    async show(app) {
      await app.item.rewrite("Thank you for the quiet corner.");
      await app.item.seeEarlier();
      await expect(app.earlier.versions).toHaveCount(2);
    },
  },
  {
    name: "ours-filtered-to-nothing",
    async show(app) {
      await app.ours.open();
      await app.ours.filterKind("feedback");
      await app.ours.filterChild("Sam");
      await expect(app.ours.empty).toBeVisible();
    },
  },
  {
    name: "home-asks-for-words",
    async show(app) {
      await app.phone.open();
      await expect(app.home.asksForWords).toBeVisible();
    },
  },
  {
    name: "home-no-words",
    async show(app) {
      await app.home.askToDecline();
    },
  },
  {
    name: "words-shown",
    async show(app) {
      await app.phone.open("/words");
      await app.words.show();
    },
  },
  {
    name: "words-one-wrong",
    async show(app) {
      await app.words.goOn();
      await app.words.answer([]);
      await expect(app.words.trouble).toBeVisible();
    },
  },
  {
    name: "words-done",
    async show(app) {
      await app.phone.open("/words");
      await app.words.make();
      await app.words.waitUntilTheyWork();
    },
  },
  {
    name: "bin-asking",
    async show(app) {
      await app.phone.open("/bin");
      await app.bin.askToEnd("Wrong bus");
    },
  },
  {
    name: "home-offline",
    async show(app) {
      await app.phone.open();
      await app.home.waitUntilShown();
      await app.phone.context.setOffline(true);
      await expect(app.offlineStrip).toBeVisible();
    },
    async leave(app) {
      await app.phone.context.setOffline(false);
    },
  },
  {
    name: "rescue",
    async show(app) {
      await app.phone.open("/rescue");
      await expect(app.rescue.list).toContainText("statue");
    },
  },
  {
    name: "make-achievement-with-everything",
    async show(app) {
      await app.phone.open("/make/achievement");
      await app.make.write("Poured his own milk.");
      await app.make.choose("achievement.place", "home");
      await app.make.choose("achievement.help", "words");
      await app.make.addMadePhoto();
      await app.make.pictures.offer("film.mp4", "video/mp4", Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0mp42isom"));
      await expect(app.make.pictures.problem).toBeVisible();
      await app.make.waitUntilKept();
    },
  },
  {
    name: "home-with-a-draft",
    async show(app) {
      await app.phone.open();
      await expect(app.home.drafts.first()).toBeVisible();
    },
  },
  {
    name: "make-achievement-draft-offered",
    async show(app) {
      await app.phone.open("/make/achievement");
      await expect(app.make.offer).toBeVisible();
    },
  },
];

/** Where something is in the way. */
export const IN_THE_WAY: View[] = [
  {
    name: "make-story-no-room",
    async show(app) {
      await app.phone.open("/make/story");
      await app.make.waitUntilShown();
      await app.phone.limitRoom(1);
      // The browser goes by what it knew of the room for a while.
      await expect(async () => {
        await app.make.type("No room. ");
        await expect(app.make.notKept).toBeVisible({ timeout: 2_000 });
      }).toPass({ timeout: 60_000 });
      await app.make.save();
      await expect(app.make.problem).toContainText(app.word("failure.full"));
    },
    async leave(app) {
      await app.phone.limitRoom(null);
      await app.make.save();
      await app.make.waitUntilSaved();
    },
  },
  {
    name: "backup-done",
    async show(app) {
      await app.phone.open("/backup");
      await app.backup.waitUntilShown();
      await app.backup.make("correct horse battery staple");
    },
  },
];

/** For the end: another server stands there, a new version goes on waiting, and a store that a newer Hearth wrote stays shut. */
export const LAST: View[] = [
  {
    name: "people-other-server",
    async show(app, _, { server }) {
      await app.phone.open("/people");
      await server.setBackTo(null);
      await app.phone.open("/people");
      await expect(app.people.trouble).toContainText(app.word("sync.other_server"), { timeout: 30_000 });
    },
    async leave(app) {
      await app.people.moveToServer();
    },
  },
  {
    name: "update-offered",
    async show(app, _, { server, folder }) {
      await app.phone.open("/settings");
      await app.waitUntilOffline();
      const next = await makeVersion(folder, "next");
      await server.stop();
      await server.startAgain(next.folder);
      await comeBack(app.page);
      await expect(app.updateBar).toBeVisible();
    },
  },
  {
    name: "home-closed",
    async show(app) {
      await app.phone.open();
      await app.home.waitUntilShown();
      // As a newer Hearth leaves it.
      await app.page.evaluate(async () => {
        const { name = "" } = (await indexedDB.databases()).find(({ name }) => name?.startsWith("hearth")) ?? {};
        await new Promise((resolve, reject) => {
          const opening = indexedDB.open(name, 1_000_000);
          opening.onsuccess = () => resolve(opening.result.close());
          opening.onerror = () => reject(opening.error);
        });
      });
      await app.phone.open();
      const shown = app.page.locator("#app");
      await expect(shown.getByRole("heading", { level: 1, name: app.word("open.failed") })).toBeVisible();
      await expect(shown.getByText(app.word("failure.later_store"), { exact: true })).toBeVisible();
      await expect(shown.getByRole("button", { name: app.word("shell.reload"), exact: true })).toBeVisible();
    },
  },
];

/** The static pages, which stand when the app cannot. */
export const STATIC: View[] = ["crash", "load-failed", "insecure", "old-browser"].map((id) => ({
  name: id,
  async show(app) {
    await app.phone.open();
    await app.home.waitUntilShown();
    await app.page.evaluate((id) => {
      document.getElementById("app")!.hidden = true;
      document.getElementById(id)!.hidden = false;
    }, id);
  },
}));
