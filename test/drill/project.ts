import { join } from 'node:path';
import { drill } from '../../src/api.ts';
import type { Config } from '../../src/config.ts';
import type { DrillKind } from '../../src/model/drill.ts';
import type { Report } from '../../src/model/report.ts';
import type { DrillRequest } from '../../src/model/request.ts';
import { folderWith } from '../temporary.ts';

/** The kinds that need no process and no right. */
export const here: readonly DrillKind[] = ['kill', 'power-loss', 'torn-log', 'between', 'disk-full', 'locked'];

/** Two tables. */
export const init = `CREATE TABLE prices (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL, unit TEXT);
  CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL);`;

/** A migration of four statements. */
export const rebuild = `CREATE TABLE prices_new (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL, unit TEXT NOT NULL);
  INSERT INTO prices_new SELECT id, amount, coalesce(unit, 'euro') FROM prices;
  DROP TABLE prices;
  ALTER TABLE prices_new RENAME TO prices;`;

/** Drills a history, by the name and the SQL of each migration. */
export async function drilled(
  migrations: Readonly<Record<string, string>>,
  config: Config = {},
  request: DrillRequest = {},
): Promise<Report> {
  const files = Object.entries(migrations).map(([name, sql]): [string, string] => [`m/${name}.sql`, sql]);
  const folder = folderWith(Object.fromEntries(files));
  return drill(
    { migrations: join(folder, 'm'), tool: 'rowproof', rows: 30, ...config },
    { faults: 60, kinds: here, ...request },
  );
}

/** The numbers of faults by kind. */
export function faultsOf({ notes }: Report): Map<string, readonly [faults: number, survived: number]> {
  return new Map(
    notes.flatMap((note) =>
      note.code === 'drilled-kind' ? [[note.facts.kind, [note.facts.faults, note.facts.survived]]] : [],
    ),
  );
}

/** What a drill found, in a line each. */
export function causesOf({ findings }: Report): string[] {
  return findings.map(({ code, cause, migration }) => `${code} ${cause} ${migration}`);
}
