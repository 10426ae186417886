// A person without a finger or a mouse.
import { type Locator, type Page, expect } from "@playwright/test";

const FAR = 80;

/** Presses Tab until it has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < FAR; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${target} has no focus after ${FAR} presses of Tab`);
}
