/** Reports on the demonstration history: as it is, with the outage of the README, and without the directive that saves rows. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect } from 'vitest';
import { check, gate, migrate } from '../../src/api.ts';
import type { Report } from '../../src/model/report.ts';
import { folderWith } from '../temporary.ts';

const root = join(import.meta.dirname, '..', '..');
const outage =
  "ALTER TABLE pipelines ADD COLUMN publisher_id TEXT NOT NULL DEFAULT 'pub_demo_seed' REFERENCES publishers(id);";

/** The demonstration history with a file changed; paths in the report are put back to what they are in the project. */
async function demonstration(file: string, change: (sql: string) => string): Promise<Report> {
  const folder = folderWith();
  cpSync(join(root, 'migrations'), join(folder, 'migrations'), { recursive: true });
  const path = join(folder, 'migrations', file);
  const sql = readFileSync(path, 'utf8');
  const changed = change(sql);
  expect(changed).not.toBe(sql);
  writeFileSync(path, changed);
  const config = { migrations: join(folder, 'migrations'), seeds: join(root, 'seeds'), tool: 'rowproof' } as const;
  const report = await check(config, { picture: true });
  return withoutMachine(report, folder);
}

/** A golden holds neither paths of this machine, nor our version and SQLite's, nor what only Linux tells. */
function withoutMachine(report: Report, folder: string): Report {
  const copy: Report = JSON.parse(
    JSON.stringify(report)
      .replaceAll(`${folder}/`, '')
      .replaceAll(`${root}/`, '')
      .replaceAll('"temporaryBytes":null', '"temporaryBytes":0'),
  );
  return { ...copy, rowproof: '0.0.0', settings: { ...copy.settings, sqliteVersion: '3.0.0' } };
}

/** A report that is made once, and handed out as a copy each time. */
function once(make: () => Promise<Report>): () => Promise<Report> {
  let made: Promise<Report> | undefined;
  return async () => {
    made ??= make();
    return structuredClone(await made);
  };
}

/** The gate on a database with 1,000 users, two of them without a name, before a migration that requires names. */
export const gateReport = once(async () => {
  const first = `CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE users (id INTEGER PRIMARY KEY, team_id INTEGER REFERENCES teams (id), name TEXT, email TEXT);`;
  const second = `CREATE TABLE users_new (id INTEGER PRIMARY KEY, team_id INTEGER REFERENCES teams (id), name TEXT NOT NULL, email TEXT);
INSERT INTO users_new SELECT id, team_id, name, email FROM users;
DROP TABLE users;
ALTER TABLE users_new RENAME TO users;
CREATE UNIQUE INDEX users_email ON users (email);`;
  const folder = folderWith({ 'm/0001_users.sql': first, 'm/0002_require_name.sql': second });
  const [migrations, file] = [join(folder, 'm'), join(folder, 'production.db')];
  await migrate({ migrations }, { file, to: 1 });
  const db = new Sqlite(file);
  db.exec(`INSERT INTO teams VALUES (1, 'one');
    WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
    INSERT INTO users SELECT i, 1, iif(i IN (777, 888), NULL, 'n' || i), i || '@example.com' FROM n;`);
  db.close();
  return withoutMachine(await gate({ migrations, rewrites: false }, { file, clock: ticking() }), folder);
});

/** Nothing is found. */
export const cleanReport = once(async () =>
  withoutMachine(
    await check(
      { migrations: join(root, 'migrations'), seeds: join(root, 'seeds'), tool: 'rowproof' },
      { picture: true },
    ),
    root,
  ),
);
/** A migration fails on rows. */
export const outageReport = once(() =>
  demonstration('0002_publishers.sql', (sql) =>
    sql.replace(/ALTER TABLE pipelines ADD COLUMN publisher_id[^;]*;\s*UPDATE pipelines[^;]*;/, outage),
  ),
);
/** A migration loses rows. */
export const lossReport = once(() =>
  demonstration('0005_pipelines_publisher_required.sql', (sql) => sql.replace('-- rowproof: foreign_keys=off\n', '')),
);

/** A clock on which each look takes half a millisecond. */
function ticking(): () => number {
  let now = 0;
  return () => {
    now += 0.5;
    return now;
  };
}
