// Counts what a person's finger does. Typing is not counted.
import type { Phone } from "./phone.ts";

export interface Presses {
  count: number;
}

export async function countPresses(phone: Phone): Promise<Presses> {
  const presses: Presses = { count: 0 };
  await phone.context.exposeBinding("reportPress", () => {
    presses.count += 1;
  });
  const listen = (): void => {
    const report = (window as unknown as { reportPress(): void }).reportPress;
    window.addEventListener("pointerdown", (event) => event.isTrusted && report(), { capture: true });
  };
  await phone.context.addInitScript(listen);
  await phone.page.evaluate(listen);
  return presses;
}
