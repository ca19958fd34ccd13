import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { resolveConfig } from '../../src/config.ts';
import { type Database, openMemory } from '../../src/database/connection.ts';
import { snapshotMemory } from '../../src/database/snapshot.ts';
import { check } from '../../src/harness/check.ts';
import { loadProject, planProject } from '../../src/harness/project.ts';
import type { EngineName, Settings } from '../../src/model/settings.ts';
import { interleaved, medianRatio, printRatio, time } from './measure.ts';

const rounds = 9;
const rows = 50_000;
const root = join(import.meta.dirname, '..', '..');

/** The time of each job on an engine, in milliseconds. */
const jobs: Readonly<Record<string, (settings: Settings) => Promise<number>>> = {
  'inserting rows one by one': async (settings) => {
    const db = openMemory(settings);
    db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, size REAL)');
    const spent = await time(() => fill(db));
    db.close();
    return spent;
  },
  'reading them as arrays': async (settings) => {
    const db = openMemory(settings);
    db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, size REAL)');
    fill(db);
    const spent = await time(() => db.prepare('SELECT * FROM t').raw().safeIntegers().all());
    db.close();
    return spent;
  },
  'keeping a database and opening it again': async (settings) => {
    const db = openMemory(settings);
    db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, size REAL)');
    fill(db);
    const spent = await time(() => {
      for (let i = 0; i < 20; i++) snapshotMemory(db).open(settings).close();
    });
    db.close();
    return spent;
  },
  'checking the demonstration': async ({ engine }) => {
    const config = resolveConfig({ migrations: join(root, 'migrations'), seeds: join(root, 'seeds'), engine });
    const project = await loadProject(planProject(config));
    return time(() => check(project));
  },
};

/** The cost of running on Node's own SQLite, in memory and, as before Node 24.16, in files. */
export async function run(): Promise<void> {
  for (const [name, job] of Object.entries(jobs)) {
    const on = (engine: EngineName) => () => job(resolveConfig({ engine }).settings);
    const results = await interleaved(
      rounds,
      new Map([
        ['better-sqlite3', on('better-sqlite3')],
        ['node', on('node')],
        ['node in files', () => inFiles(on('node'))],
      ]),
    );
    const of = (engine: string): readonly number[] => results.get(engine) ?? [];
    printRatio(`${name}: node:sqlite to better-sqlite3`, medianRatio(of('node'), of('better-sqlite3')), null);
    printRatio('  the same in files', medianRatio(of('node in files'), of('better-sqlite3')), null);
  }
}

function fill(db: Database): void {
  const insert = db.prepare('INSERT INTO t VALUES (?, ?, ?)');
  db.exec('BEGIN');
  for (let i = 0; i < rows; i++) insert.run(BigInt(i), `name ${i}`, i / 2);
  db.exec('COMMIT');
}

async function inFiles<T>(work: () => Promise<T>): Promise<T> {
  const { deserialize } = DatabaseSync.prototype;
  Reflect.deleteProperty(DatabaseSync.prototype, 'deserialize');
  try {
    return await work();
  } finally {
    if (deserialize !== undefined) DatabaseSync.prototype.deserialize = deserialize;
  }
}
