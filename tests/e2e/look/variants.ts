// The phones and wishes that every screen is drawn for.
import type { Looks } from "../support/looks.ts";

export interface Variant {
  name: string;
  width: number;
  looks: Looks;
}

export const VARIANTS: Variant[] = [
  { name: "360-light", width: 360, looks: { language: "en", theme: "light", text: 100 } },
  { name: "360-dark", width: 360, looks: { language: "en", theme: "dark", text: 100 } },
  { name: "320-light", width: 320, looks: { language: "en", theme: "light", text: 100 } },
  { name: "360-light-text-200", width: 360, looks: { language: "en", theme: "light", text: 200 } },
  { name: "360-light-urdu", width: 360, looks: { language: "ur", theme: "light", text: 100 } },
  { name: "360-dark-urdu", width: 360, looks: { language: "ur", theme: "dark", text: 100 } },
  { name: "1024-light", width: 1024, looks: { language: "en", theme: "light", text: 100 } },
];
