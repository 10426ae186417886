// The app on one phone: its screens, and what a person can do from any of them.
import { type Locator, type Page, expect } from "@playwright/test";
import type { Phone } from "../support/phone.ts";
import { type Language, words } from "../support/words.ts";
import { BackupScreen } from "./backup.ts";
import { BinScreen } from "./bin.ts";
import { ChildrenScreen } from "./children.ts";
import { EarlierScreen } from "./earlier.ts";
import { HandOverScreen } from "./hand-over.ts";
import { HomeScreen, MakeMenuScreen } from "./home.ts";
import { InviteScreen } from "./invite.ts";
import { ItemScreen } from "./item.ts";
import { JoinScreen } from "./join.ts";
import { LeaveScreen } from "./leave.ts";
import { MoveScreen } from "./move.ts";
import { type Kind, MakeScreen } from "./make.ts";
import { OursScreen } from "./ours.ts";
import { PeopleScreen } from "./people.ts";
import { RescuePage } from "./rescue.ts";
import { RestoreScreen } from "./restore.ts";
import { RestoreWordsScreen } from "./restore-words.ts";
import { SavedScreen } from "./saved.ts";
import { HelpScreen, NotFoundScreen, SettingsScreen } from "./settings.ts";
import { ShellPages } from "./shell.ts";
import { WordsScreen } from "./words.ts";

export interface Told {
  words: string;
  /** `yesterday` or `2024-02-29`; today where absent. */
  day?: string;
  /** One who is known already. */
  child?: string;
  newChild?: string;
  photo?: boolean;
}

export class App {
  language: Language = "en";
  readonly home = new HomeScreen(this);
  readonly makeMenu = new MakeMenuScreen(this);
  readonly make = new MakeScreen(this);
  readonly handOver = new HandOverScreen(this);
  readonly saved = new SavedScreen(this);
  readonly ours = new OursScreen(this);
  readonly item = new ItemScreen(this);
  readonly earlier = new EarlierScreen(this);
  readonly bin = new BinScreen(this);
  readonly children = new ChildrenScreen(this);
  readonly people = new PeopleScreen(this);
  readonly invite = new InviteScreen(this);
  readonly join = new JoinScreen(this);
  readonly backup = new BackupScreen(this);
  readonly restore = new RestoreScreen(this);
  readonly restoreWords = new RestoreWordsScreen(this);
  readonly words = new WordsScreen(this);
  readonly leave = new LeaveScreen(this);
  readonly moving = new MoveScreen(this);
  readonly settings = new SettingsScreen(this);
  readonly help = new HelpScreen(this);
  readonly notFound = new NotFoundScreen(this);
  readonly shell = new ShellPages(this);
  readonly rescue = new RescuePage(this);

  constructor(readonly phone: Phone) {}

  get page(): Page {
    return this.phone.page;
  }

  word(key: string, values: Record<string, string> = {}): string {
    return words(key, this.language, values);
  }

  get toast(): Locator {
    return this.page.locator(".toast");
  }

  get offlineStrip(): Locator {
    return this.page.locator(".strip").getByText(this.word("offline.line"));
  }

  get updateBar(): Locator {
    return this.page.locator(".update-bar").getByText(this.word("update.ready"));
  }

  get bottomBar(): Locator {
    return this.page.getByRole("navigation", { name: this.word("app.places"), exact: true });
  }

  get print(): Locator {
    return this.page.locator("#app").getByRole("button", { name: this.word("item.print"), exact: true });
  }

  get share(): Locator {
    return this.page.locator("#app").getByRole("button", { name: this.word("item.share"), exact: true });
  }

  /** Makes a record from nothing to saved. */
  async tell(kind: Kind, told: Told): Promise<void> {
    await this.phone.open(`/make/${kind}`);
    await this.make.write(told.words);
    if (told.newChild) await this.make.nameChild(told.newChild);
    if (told.child) await this.make.chooseChild(told.child);
    if (told.day === "yesterday") await this.make.chooseYesterday();
    else if (told.day) await this.make.chooseDay(told.day);
    if (told.photo) await this.make.addMadePhoto();
    await this.make.save();
    await this.make.waitUntilSaved();
  }

  async undo(): Promise<void> {
    await this.toast.getByRole("button", { name: this.word("app.undo"), exact: true }).tap();
  }

  async useUpdate(): Promise<void> {
    await this.page.locator(".update-bar").getByRole("button", { name: this.word("update.use"), exact: true }).tap();
  }

  async updateLater(): Promise<void> {
    await this.page.locator(".update-bar").getByRole("button", { name: this.word("update.later"), exact: true }).tap();
  }

  /** Until the whole app is kept on the phone. */
  async waitUntilOffline(): Promise<void> {
    await expect(this.page.locator("html")).toHaveAttribute("data-offline", "ready");
    await this.page.evaluate(async () => {
      const { active } = await navigator.serviceWorker.ready;
      while (active && active.state !== "activated") {
        await new Promise((resolve) => active.addEventListener("statechange", resolve, { once: true }));
      }
    });
  }

  /** A real Rust panic in the page's wasm. */
  async panic(): Promise<void> {
    await this.page.evaluate(() => {
      window.dispatchEvent(new CustomEvent("hearth-panic-test"));
    });
  }

  /** What a person can read on the screen now. */
  visibleText(): Promise<string> {
    return this.page.locator("body").innerText();
  }
}
