// Two phones and what each shows on the way from an invite to a shared circle, in that order.
import path from "node:path";
import { expect } from "@playwright/test";
import { App } from "../pages/app.ts";
import { type Looks, wear } from "./looks.ts";
import { Phone } from "./phone.ts";

export interface Pair {
  /** Told something, and invites. */
  host: App;
  /** Comes in. */
  guest: App;
  link: string;
}

export interface PairView {
  name: string;
  /** Whose screen it is. */
  on: "host" | "guest";
  show(pair: Pair): Promise<void>;
}

/** A second phone beside `host`, with nothing on it. */
export async function startPair(host: App, folder: string, looks: Looks): Promise<Pair> {
  const phone = await Phone.start(path.join(folder, "guest"), host.phone.home);
  await wear(phone, looks);
  const guest = new App(phone);
  guest.language = looks.language;
  return { host, guest, link: "" };
}

export const PAIR: PairView[] = [
  {
    name: "invite-whom",
    on: "host",
    async show({ host }) {
      await host.tell("story", { words: "The heron stood still.", photo: true });
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
      await expect(guest.ours.card("The heron stood still.")).toBeVisible();
    },
  },
  {
    name: "item-of-another",
    on: "guest",
    async show({ guest }) {
      await guest.ours.openCard("The heron stood still.");
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
];
