/** The law of corrected migrations: whatever rows they meet, they apply without a finding, and leave the schema that they declare. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { check, migrate, seed } from '../../src/api.ts';
import type { Config } from '../../src/config.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Rewrite } from '../../src/model/rewrite.ts';
import { foldName, quoteName, quoteString } from '../../src/sql/quote.ts';
import type { FaultyHistory } from './faulty/faulty-histories.ts';

/** The seed numbers of the rows that a corrected migration has not met before. */
const otherSeeds = [2, 3, 77];

/** The corrected migrations of a history, with what speaks against them; empty lists where nothing does. */
export interface Trial {
  readonly causes: readonly string[];
  readonly corrected: readonly string[];
  readonly violations: readonly string[];
}

/** Looks for corrected migrations of a history, and holds each to the law. */
export async function tryHistory({ first, last, tool }: FaultyHistory): Promise<Trial> {
  const folder = mkdtempSync(join(tmpdir(), 'rowproof law '));
  try {
    const config = (name: string, text: string, own: Config = {}): Config => {
      const migrations = join(folder, name);
      mkdirSync(migrations, { recursive: true });
      writeFileSync(join(migrations, '1_first.sql'), first);
      writeFileSync(join(migrations, '2_last.sql'), text);
      return { migrations, foreignKeys: true, rewrites: false, ...(tool && { tool }), ...own };
    };
    const { findings } = await check(config('original', last, { rewrites: true }));
    const own = loud(findings).filter(({ migration }) => migration === '2_last');
    const rewrites = new Map<string, Rewrite>();
    for (const { rewrite } of own) if (rewrite !== undefined) rewrites.set(rewrite.text, rewrite);
    const violations: string[] = [];
    let number = 0;
    for (const [text, rewrite] of rewrites) {
      number += 1;
      const open = own.filter((each) => each.rewrite?.text !== text && each.severity !== 'error');
      const allowed = new Set(open.map(identity));
      const next = config(`corrected ${number}`, text);
      for (const seedNumber of otherSeeds) {
        const after = loud((await check({ ...next, seed: seedNumber })).findings);
        for (const each of after)
          if (each.severity === 'error' || !allowed.has(identity(each)))
            violations.push(
              `seed ${seedNumber}: ${each.severity} ${each.code} (${each.cause}) of ${each.table}: ${each.message}`,
            );
      }
      violations.push(...undeclared(first, last, rewrite));
      violations.push(...(await deploy(next, join(folder, `app ${number}.db`))));
      // What it leaves on purpose, it meets there.
      if (open.length === 0) violations.push(...onWildRows(first, rewrite));
    }
    return {
      causes: own.map(({ cause }) => cause),
      corrected: own.filter(({ rewrite }) => rewrite !== undefined).map(({ cause }) => cause),
      violations: violations.length === 0 ? [] : [...violations, ...[...rewrites.keys()]],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function loud(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity }) => severity !== 'note');
}

function identity({ code, cause, table }: Finding): string {
  return JSON.stringify([code, cause, table]);
}

/** The objects in which the two texts leave different schemas without saying so. */
function undeclared(first: string, last: string, { text, differs }: Rewrite): string[] {
  const [was, is] = [schemaAfter(first, last), schemaAfter(first, text)];
  if (was === null) return [];
  if (is === null) return ['it fails on the empty database'];
  const told = differs.join('\n');
  const names = new Set([...was.keys(), ...is.keys()]);
  return [...names]
    .filter((name) => was.get(name) !== is.get(name) && !told.includes(name))
    .map((name) => `${name} differs`);
}

/** The objects of the empty database, each without what RENAME changes in its text; null where a statement fails. */
function schemaAfter(first: string, last: string): Map<string, string> | null {
  const db = new Database(':memory:');
  try {
    if (last.startsWith('-- rowproof: foreign_keys=off')) db.pragma('foreign_keys = OFF');
    db.exec(first);
    db.exec(last);
    const rows = db
      .prepare<[], { type: string; name: string; sql: string }>(
        "SELECT type, name, coalesce(sql, '') AS sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'",
      )
      .all();
    return new Map(rows.map(({ type, name, sql }) => [`${type} ${name}`, foldName(sql.replace(/["`\s]/g, ''))]));
  } catch {
    return null;
  } finally {
    db.close();
  }
}

/** Deploys the text to a file with rows of its own, as a user does. */
async function deploy(config: Config, file: string): Promise<string[]> {
  await seed({ ...config, seed: 5, dataset: ['typical'] }, { file, at: 1 });
  const { failed } = await migrate(config, { file });
  if (failed !== null) return [`rowproof migrate: ${failed.message}`];
  const db = new Database(file, { readonly: true });
  try {
    const orphans = db.pragma('foreign_key_check');
    return Array.isArray(orphans) && orphans.length > 0
      ? [`rowproof migrate leaves ${orphans.length} rows without a parent`]
      : [];
  } finally {
    db.close();
  }
}

/** Values that applications have written somewhere, whatever the column is called. */
const wild = [
  null,
  '',
  'a',
  'A',
  'a',
  'b',
  'a-1',
  'a-2',
  'open',
  'none',
  0,
  1,
  2,
  -1,
  1.5,
  '1',
  '01',
  '1e3',
  2n ** 63n - 1n,
  '{"a":1}',
  '{bad',
  '[]',
];

/** Applies the text to rows that no generator of rowproof made: it must apply, and lose none of them. */
function onWildRows(first: string, { text, differs }: Rewrite): string[] {
  const db = new Database(':memory:');
  try {
    db.exec(first);
    const tables = db
      .prepare<[], { name: string }>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' AND name <> 'journal'",
      )
      .all()
      .map(({ name }) => name);
    // The tables that the first migration fills get no further rows in a run either, so nothing is said of such.
    for (const name of tables) if (isEmpty(db, name)) fillWildly(db, name);
    const counts = (): number[] =>
      tables.map(
        (name) =>
          db
            .prepare<[], number>(`SELECT count(*) FROM ${quoteName(name)}`)
            .pluck()
            .get() ?? 0,
      );
    const before = counts();
    if (text.startsWith('-- rowproof: foreign_keys=off')) db.pragma('foreign_keys = OFF');
    try {
      db.exec(`BEGIN;\n${text}\n;COMMIT`);
    } catch (error) {
      return [`on wild rows: ${error instanceof Error ? error.message : String(error)}`];
    }
    if (differs.some((each) => each.includes('delete'))) return [];
    const after = counts();
    return tables
      .map((name, i) => ({ name, was: before[i], is: after[i] }))
      .filter(({ was = 0, is = 0 }) => is < was)
      .map(({ name, was, is }) => `on wild rows: ${was} of ${name} become ${is}`);
  } finally {
    db.close();
  }
}

function isEmpty(db: Database.Database, table: string): boolean {
  return db.prepare(`SELECT 1 FROM ${quoteName(table)}`).get() === undefined;
}

/** Puts in whatever rows a table takes: keys of their own mostly, and neighbours that walk through the values at other speeds. */
function fillWildly(db: Database.Database, table: string): void {
  const columns = db
    .prepare<[], { name: string; type: string; pk: number }>(
      `SELECT name, type, pk FROM pragma_table_info(${quoteString(table)})`,
    )
    .all();
  const insert = db.prepare(
    `INSERT INTO ${quoteName(table)} (${columns.map(({ name }) => quoteName(name)).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  for (let i = 0; i < 60; i += 1) {
    try {
      insert.run(
        columns.map(({ pk, type }, c) => {
          const any = wild[(i * (2 * c + 1) + (i >> 3) * c) % wild.length] ?? null;
          if (pk === 0 || i % 6 === 0) return any;
          return type === 'INTEGER' ? i + 10 : `key ${i}`;
        }),
      );
    } catch {
      // A CHECK or a key refuses the row, as it would in production.
    }
  }
}
