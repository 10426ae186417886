// Bringing a second phone in, as two people do it.
import path from "node:path";
import { expect } from "@playwright/test";
import { App } from "../pages/app.ts";
import { Phone } from "./phone.ts";

/** Another phone beside `host`, with nothing on it. */
export async function startGuest(host: App, folder: string, name = "guest"): Promise<App> {
  const phone = await Phone.start(path.join(folder, name), host.phone.home);
  return new App(phone);
}

/** From the invite to being in: as the same person's other phone, or as somebody else. */
export async function bringIn(host: App, guest: App, whom: "mine" | "other" = "mine"): Promise<void> {
  await host.phone.open("/invite");
  const link = whom === "mine" ? await host.invite.inviteMyPhone() : await host.invite.inviteSomebody("Mum");
  await guest.join.followLink(link);
  await guest.join.accept(whom === "mine" ? "The tablet" : "Nana");
  await compareThere(host, guest);
  await expect(host.invite.stage(whom === "mine" ? "invite.done_mine" : "invite.done")).toBeVisible();
  await expect(guest.page.getByText(guest.word("join.inside"))).toBeVisible();
}

/** Both look at the four pictures, and both say that they are the same. */
export async function compareThere(host: App, guest: App): Promise<void> {
  await expect(host.invite.pictures).toHaveCount(4);
  await expect(guest.join.pictures).toHaveCount(4);
  expect(await guest.join.pictures.allInnerTexts(), "both show the same four").toEqual(await host.invite.pictures.allInnerTexts());
  await guest.join.sayTheyAreTheSame();
  await expect(guest.join.stage("invite.open"), "waits for the host").toBeVisible();
  await host.invite.sayTheyAreTheSame();
}

/** Until a record stands in the list of a phone that did not tell it. */
export async function waitForArrival(app: App, words: string): Promise<void> {
  await app.ours.open();
  await expect(app.ours.card(words)).toBeVisible({ timeout: 30_000 });
}
