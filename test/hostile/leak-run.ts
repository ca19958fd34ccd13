import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import Sqlite from 'better-sqlite3';
import { gate, migrate, profile, render } from '../../src/api.ts';
import type { Config } from '../../src/config.ts';
import { reporters } from '../../src/report/reporters.ts';
import { folderWith } from '../temporary.ts';
import { type Attack, registerQuoting } from './attacks.ts';
import { type MarkedSchema, marker } from './leaking.ts';

/** The visible output or error of a job, by its place. */
export type Told = Readonly<Record<string, string>>;

/** A production database at version 1 whose every value is marked, names in its ledger too. */
export async function markedProduction({ sql, rows }: MarkedSchema): Promise<string> {
  const folder = folderWith({ 'm/1_init.sql': sql });
  const file = join(folder, 'app.db');
  await migrate({ migrations: join(folder, 'm') }, { file });
  const db = new Sqlite(file);
  try {
    db.pragma('foreign_keys = OFF');
    for (const row of rows.split(';\n')) {
      try {
        db.exec(row);
      } catch {
        // Its schema does not take it; others are taken.
      }
    }
    db.exec(`UPDATE _migrations SET name = '${marker}'`);
  } finally {
    db.close();
  }
  return file;
}

/** Runs the gate, the migrator and the profiler with a migration that attacks, and collects all that they tell. */
export async function tell(
  schema: MarkedSchema,
  file: string,
  attack: Attack,
  table: MarkedSchema['tables'][number],
  config: Config,
): Promise<Told> {
  const invariant = attack.invariant?.(table);
  const folder = folderWith({
    'm/1_init.sql': schema.sql,
    'm/2_attack.sql': attack.sql(table),
    's/invariants/1_rule.sql': invariant ?? 'SELECT 1 WHERE 0',
  });
  const all: Config = {
    ...config,
    migrations: join(folder, 'm'),
    seeds: join(folder, 's'),
    connect: registerQuoting,
    ...(attack.transaction !== undefined && { transaction: attack.transaction }),
  };
  const progress: string[] = [];
  const said = (what: string): void => void progress.push(what);
  const copy = join(folder, 'copy.db');
  copyFileSync(file, copy);
  return {
    ...(await outcomeOf('gate', async () => {
      const report = await gate(all, { file, progress: said });
      const formats = Object.keys(reporters).filter((format) => format in reporters);
      return Object.fromEntries([
        ...formats.map((format) => [format, render(report, format === 'json' ? 'json' : 'terminal')]),
        ['report', JSON.stringify(report)],
      ]);
    })),
    ...(await outcomeOf('dry run', async () => ({
      result: inspect(await migrate(all, { file: copy, dryRun: true })),
    }))),
    ...(await outcomeOf('migrate', async () => ({ result: inspect(await migrate(all, { file: copy })) }))),
    ...(await outcomeOf('profile', async () => ({
      result: JSON.stringify(await profile(all, { file, progress: said })),
    }))),
    progress: progress.join('\n'),
  };
}

/** The result of a job, or its error as Node prints one that nobody catches. */
async function outcomeOf(job: string, run: () => Promise<Record<string, string>>): Promise<Told> {
  const told = await run().catch((error: unknown) => ({
    error: inspect(error, { depth: 12, showHidden: true, maxStringLength: null }),
  }));
  return Object.fromEntries(Object.entries(told).map(([where, text]) => [`${job}: ${where}`, text]));
}
