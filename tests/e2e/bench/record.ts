// Writes what one bench measured, for main.mjs to put into the table.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { resultsFolder } from "../support/place.ts";

export interface Measured {
  /** A row of bench/rows.mjs. */
  row: string;
  values: number[];
  /** The same machine's least, in the same run: what no app could beat. */
  floor?: number[];
}

export function record(measured: Measured): void {
  const file = path.join(resultsFolder("parts"), `${measured.row}.json`);
  writeFileSync(file, JSON.stringify(measured));
}
