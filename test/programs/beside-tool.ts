import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import Sqlite from 'better-sqlite3';
import { seed } from '../../src/api.ts';
import type { DriverName } from '../../src/model/tool.ts';
import { contentOf } from './content.ts';
import { rowsAfterFirst } from './fill.ts';
import type { SampleTool } from './sample-tools.ts';

/** A sample as rowproof leaves it and as the tool itself leaves it. */
export interface Beside {
  /** Rows of users, posts and comments, as in `2/0/0`. */
  readonly ours: string;
  /** The same by the tool itself; null where it does not run here. */
  readonly theirs: string | null;
  /** The names of tables with other rows, and `schema` where definitions differ. */
  readonly differences: readonly string[];
  /** The tables that the tool keeps for itself, which are compared too. */
  readonly ledgers: readonly string[];
}

const own = ['users', 'posts', 'comments'];

/** Runs the three steps of a sample in a folder that holds it, by rowproof and by the tool itself, each on a file. */
export async function runBeside(
  folder: string,
  { place, step }: Pick<SampleTool, 'place' | 'step'>,
  driver: DriverName | null = null,
): Promise<Beside> {
  const [ours, theirs] = [join(folder, 'ours.db'), join(folder, 'theirs.db')];
  const config = { migrations: join(folder, place), seeds: join(folder, 'rows'), programs: true };
  await seed({ ...config, ...(driver !== null && { driver }) }, { dataset: ['fixture'], file: ours });
  const made = contentOf(ours);
  const ledgers = Object.keys(made).filter(
    (name) => name !== 'schema' && !own.includes(name) && !/^sqlite_/.test(name),
  );
  if (step === null) return { ours: count(ours), theirs: null, differences: [], ledgers };
  await step(folder, theirs);
  new Sqlite(theirs).exec(rowsAfterFirst).close();
  await step(folder, theirs);
  await step(folder, theirs);
  const real = contentOf(theirs);
  const names = new Set([...Object.keys(made), ...Object.keys(real)]);
  const differences = [...names].filter((name) => !isDeepStrictEqual(made[name], real[name])).sort();
  return { ours: count(ours), theirs: count(theirs), differences, ledgers };
}

function count(file: string): string {
  const db = new Sqlite(file, { readonly: true });
  const counts = own.map((table) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
  db.close();
  return counts.join('/');
}
