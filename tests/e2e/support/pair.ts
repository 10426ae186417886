// Phones and what each shows on the way from an invite to a shared circle, in that order.
import { expect } from "@playwright/test";
import type { App } from "../pages/app.ts";
import { bringIn, startGuest, waitForArrival } from "./circle.ts";
import { type Looks, wear } from "./looks.ts";

export interface Pair {
  /** Told something, and invites. */
  host: App;
  /** Comes in. */
  guest: App;
  /** Follows a link that somebody follows already; later the host's own second phone. */
  late: App;
  link: string;
}

export interface PairView {
  name: string;
  /** Whose screen it is. */
  on: "host" | "guest" | "late";
  show(pair: Pair): Promise<void>;
}

/** Two phones beside `host`, with nothing on them. */
export async function startPair(host: App, folder: string, looks: Looks): Promise<Pair> {
  const [guest, late] = [await startGuest(host, folder, "guest"), await startGuest(host, folder, "late")];
  for (const app of [guest, late]) {
    await wear(app.phone, looks);
    app.language = looks.language;
  }
  return { host, guest, late, link: "" };
}

export const PAIR: PairView[] = [
  {
    name: "invite-whom",
    on: "host",
    async show({ host }) {
      await host.tell("story", { words: "She fed the ducks.", photo: true });
      await host.phone.open("/invite");
      await host.invite.waitUntilShown();
      await expect(host.invite.mainAction).toBeVisible();
    },
  },
  {
    name: "invite-someone-else",
    on: "host",
    async show({ host }) {
      await host.invite.chooseSomebody();
    },
  },
  {
    name: "invite-open",
    on: "host",
    async show(pair) {
      await pair.host.phone.open("/invite");
      pair.link = await pair.host.invite.inviteSomebody("Mum");
      await expect(pair.host.invite.code).toBeVisible();
    },
  },
  {
    name: "join-wrong-link",
    on: "guest",
    async show({ guest }) {
      await guest.phone.open("/join");
      await guest.join.paste("https://example.org/join#v1.half");
      await expect(guest.join.trouble).toBeVisible();
    },
  },
  {
    name: "join-offered",
    on: "guest",
    async show({ guest, link }) {
      await guest.join.followLink(link);
      await expect(guest.join.stage("join.by", { name: "Mum" })).toBeVisible();
    },
  },
  {
    name: "join-comparing",
    on: "guest",
    async show({ guest }) {
      await guest.join.accept("Nana");
      await expect(guest.join.pictures).toHaveCount(4);
    },
  },
  {
    name: "join-over",
    on: "late",
    async show({ late, link }) {
      await late.join.followLink(link);
      await late.join.accept("Somebody");
      await expect(late.join.stage("join.gone")).toBeVisible({ timeout: 30_000 });
    },
  },
  {
    name: "invite-alarm",
    on: "host",
    async show({ host }) {
      await expect(host.invite.alarm).toBeVisible({ timeout: 30_000 });
    },
  },
  {
    name: "join-not-the-same",
    on: "guest",
    async show({ guest }) {
      await guest.join.sayTheyAreNot();
      await expect(guest.join.stage("join.unsound")).toBeVisible();
    },
  },
  {
    name: "join-comparing-anew",
    on: "guest",
    async show(pair) {
      await pair.host.invite.sayTheyAreNot();
      pair.link = await pair.host.invite.inviteSomebody("Mum");
      await pair.guest.join.again();
      await pair.guest.join.followLink(pair.link);
      await pair.guest.join.accept("Nana");
      await expect(pair.guest.join.pictures).toHaveCount(4);
    },
  },
  {
    name: "join-confirmed",
    on: "guest",
    async show({ guest }) {
      await guest.join.sayTheyAreTheSame();
      await expect(guest.join.stage("invite.open")).toBeVisible();
    },
  },
  {
    name: "home-joining",
    on: "guest",
    async show({ guest }) {
      await guest.phone.open();
      await expect(guest.home.waiting).toBeVisible();
    },
  },
  {
    name: "home-someone-comes",
    on: "host",
    async show({ host }) {
      await host.phone.open();
      await expect(host.home.waiting).toBeVisible();
    },
  },
  {
    name: "invite-comparing",
    on: "host",
    async show({ host }) {
      await host.phone.open("/invite");
      await expect(host.invite.stage("invite.claimed", { name: "Nana" })).toBeVisible();
      await expect(host.invite.pictures).toHaveCount(4);
    },
  },
  {
    name: "invite-done",
    on: "host",
    async show({ host }) {
      await host.invite.sayTheyAreTheSame();
      await expect(host.invite.stage("invite.done")).toBeVisible();
    },
  },
  {
    name: "join-inside",
    on: "guest",
    async show({ guest }) {
      await guest.phone.open("/join");
      await expect(guest.page.getByText(guest.word("join.inside"))).toBeVisible();
    },
  },
  {
    name: "people-two",
    on: "host",
    async show({ host }) {
      await host.phone.open("/people");
      await expect(host.people.people).toHaveCount(2);
    },
  },
  {
    name: "people-asking",
    on: "host",
    async show({ host }) {
      await host.people.askToTakeOut("Nana");
    },
  },
  {
    name: "ours-of-another",
    on: "guest",
    async show({ guest }) {
      await guest.ours.open();
      await expect(guest.ours.card("She fed the ducks.")).toBeVisible();
    },
  },
  {
    name: "item-of-another",
    on: "guest",
    async show({ guest }) {
      await guest.ours.openCard("She fed the ducks.");
      await guest.item.addNote("It was the best day.");
    },
  },
  {
    name: "join-used-link",
    on: "guest",
    async show({ guest, link }) {
      await guest.join.followLink(link);
      await expect(guest.join.trouble).toBeVisible();
    },
  },
  {
    name: "item-two-versions",
    on: "host",
    async show({ host, late }) {
      await late.join.again();
      await bringIn(host, late, "mine");
      await waitForArrival(late, "She fed the ducks.");
      await Promise.all([host, late].map(({ phone }) => phone.context.setOffline(true)));
      await change(host, "She fed the ducks for an hour.");
      await change(late, "She fed the ducks all day.");
      await Promise.all([host, late].map(({ phone }) => phone.context.setOffline(false)));
      await late.phone.open("/people");
      await late.people.checkNow();
      await host.ours.open();
      await host.ours.openCard("She fed the ducks");
      await expect(host.item.versions).toHaveCount(2, { timeout: 30_000 });
    },
  },
  {
    name: "ours-two-versions",
    on: "host",
    async show({ host }) {
      await host.ours.open();
      await expect(host.ours.card("She fed the ducks")).toContainText(host.word("conflict.badge"));
    },
  },
  {
    name: "people-taken-out",
    on: "guest",
    async show({ host, guest }) {
      await host.phone.open("/people");
      await host.people.takeOut("Nana");
      await expect(host.people.people).toHaveCount(1, { timeout: 30_000 });
      await guest.phone.open("/people");
      await guest.people.checkNow();
      await expect(guest.people.trouble).toContainText(guest.word("sync.not_taken"), { timeout: 30_000 });
    },
  },
];

/** New words for the story of the ducks. */
async function change(app: App, words: string): Promise<void> {
  await app.ours.open();
  await app.ours.openCard("She fed the ducks");
  await app.item.edit();
  await app.make.write(words);
  await app.make.save();
  await app.make.waitUntilSaved();
}
