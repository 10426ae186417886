// The server's database while no server has it open: read value by value, or changed behind its back.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import initSqlJs, { type Database } from "sql.js";
import type { Stored } from "./at-rest.ts";

/** Every value of every table that is bytes or text; a long one is whole here, and in pieces in the file. */
export async function readDatabase(folder: string): Promise<Stored[]> {
  const database = await open(folder);
  const found: Stored[] = [];
  for (const table of rows(database, "SELECT name FROM sqlite_master WHERE type = 'table'").flat()) {
    const [result] = database.exec(`SELECT * FROM "${table}"`);
    for (const row of result?.values ?? []) {
      for (const [i, value] of row.entries()) {
        const bytes = typeof value === "string" || value instanceof Uint8Array ? Buffer.from(value) : null;
        if (bytes) found.push({ where: `${table}.${result?.columns[i]}`, bytes });
      }
    }
  }
  database.close();
  return found;
}

/** The rows of a query. */
export async function askDatabase(folder: string, query: string): Promise<unknown[][]> {
  const database = await open(folder);
  const found = rows(database, query);
  database.close();
  return found;
}

export async function changeDatabase(folder: string, change: (database: Database) => void): Promise<void> {
  const database = await open(folder);
  change(database);
  await writeFile(fileOf(folder), database.export());
  database.close();
}

/** The server that ended in order has left nothing in its write-ahead log. */
async function open(folder: string): Promise<Database> {
  const sql = await initSqlJs();
  return new sql.Database(await readFile(fileOf(folder)));
}

function rows(database: Database, query: string): unknown[][] {
  return database.exec(query)[0]?.values ?? [];
}

function fileOf(folder: string): string {
  return path.join(folder, "hearth.sqlite");
}
