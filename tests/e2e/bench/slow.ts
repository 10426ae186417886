// A middling phone: the page's processor slowed down four times.
import type { Page } from "@playwright/test";

export const RATE = 4;

export async function slowDown(page: Page, rate = RATE): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
}
