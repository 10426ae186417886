// A phone that a family has used for a while: something of everything.
import type { App } from "../pages/app.ts";

export interface Family {
  /** The id of a story with a photo. */
  story: string;
  feedback: string;
}

export async function fillPhone(app: App): Promise<Family> {
  await app.tell("feedback", { words: "Thank you for the quiet corner at the Saturday club. He stayed until the end." });
  const feedback = savedId(app);
  await app.tell("achievement", { words: "Put on both shoes, left and right, before anyone asked.", day: "yesterday", newChild: "Noor" });
  await app.tell("story", { words: "Wrong bus, right ending.", day: "2026-05-03" });
  await app.ours.open();
  await app.ours.openCard("Wrong bus");
  await app.item.delete();
  await app.tell("story", {
    words: "We went to the pond. The heron stood still for so long that Sam thought it was a statue, and then it looked at him.",
    newChild: "Sam",
    photo: true,
  });
  return { story: savedId(app), feedback };
}

function savedId(app: App): string {
  return new URL(app.page.url()).pathname.split("/").at(-1) ?? "";
}
