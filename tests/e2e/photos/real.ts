// Photos of real cameras where they lie beside the checkout, and made ones of the same kind elsewhere.
import { type Page, test } from "@playwright/test";
import { realInput } from "../support/place.ts";
import { takePhoto } from "./make.ts";

/** A camera's photo with GPS coordinates. */
export async function photoWithPlace(page: Page): Promise<Buffer> {
  const made = () => takePhoto(page, 640, 480, { taken: "2008:10:22 16:28:39", place: [43.467, 11.885] });
  return realOr("data/photos/DSCN0010.jpg") ?? made();
}

/** A photo that lies on its side in the file. */
export async function photoOnItsSide(page: Page): Promise<Buffer> {
  return realOr("data/photos/portrait_6.jpg") ?? takePhoto(page, 1800, 1200, { orientation: 6, taken: "2011:04:17 10:00:00" });
}

/** A real parent's words, or as many made-up ones. */
export function parentsWords(): string {
  const seed = realOr("seeds/002_b7b42110b3224e55.txt")?.toString("utf8");
  const found = /This is so interesting,[\s\S]*?from his school\./.exec(seed ?? "")?.[0];
  return found?.replace(/[ \t]*\n[ \t]*/g, "\n") ?? MADE_UP;
}

/** The real thing; where it is missing the report says that made-up input stood in for it. */
function realOr(name: string): Buffer | null {
  const found = realInput(name);
  test.info().annotations.push({ type: found ? "real input" : "made-up input, the real one is not here", description: name });
  return found;
}

const MADE_UP = [
  "It helps so much to read that other families see this too. My daughter starts school next autumn and the forms ask what she can do when an adult sits beside her and leads.",
  "At home she leads. She lines up every cup by size, counts them in two languages and tells the dog what comes next. None of that was on the form, because it doesn't happen when somebody asks for it.",
  "",
  "So I began to write it down: the day, what she did, who was there and what helped. After a month her teacher read it with me and said that three of the goals for the year were already done.",
  "I'd like every school to ask families first. We see what a child does when nobody is testing, and that is where her learning begins. School gives her friends, turns and songs; we give her the time to try things her own way.",
].join("\n");
