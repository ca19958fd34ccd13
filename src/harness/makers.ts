import { prepareBase } from '../database/base.ts';
import type { Database } from '../database/connection.ts';
import { execute } from '../database/execute.ts';
import { readSchema } from '../database/introspect.ts';
import { assignMakers, overridesFrom } from '../datasets/makers.ts';
import type { DatasetRecipe } from '../datasets/recipe.ts';
import { HarnessError } from '../errors.ts';
import type { History } from '../model/history.ts';
import type { Settings } from '../model/settings.ts';
import { foldName } from '../sql/quote.ts';
import { closestName } from '../text/closest-name.ts';
import type { ProjectSources } from './project.ts';

/**
 * Makes the source of the cells from the project's own makers for generated datasets; undefined without makers.
 * @throws HarnessError `bad-config` when a maker names a table or column that no version has.
 */
export async function prepareMakers({ history, config }: ProjectSources): Promise<DatasetRecipe['overrides']> {
  const { makers, settings, seed } = config;
  const keys = Object.keys(makers);
  if (keys.length === 0) return undefined;
  const { tables, complete } = await readNames(history, settings);
  const names = new Map([...tables].map(([table, columns]) => [foldName(table), new Set([...columns].map(foldName))]));
  const { assigned, unknown } = assignMakers(keys, names);
  const [stray] = unknown;
  // A missing name may come from a skipped program, or from a migration after a failed one.
  if (stray !== undefined && complete) throw misspelt(stray, tables);
  return overridesFrom(makers, assigned, complete ? names : null, seed);
}

/** The names of all versions, in their original case. */
interface Names {
  readonly tables: Map<string, Set<string>>;
  /** Whether every migration was run and succeeded. */
  readonly complete: boolean;
}

/** Reads the names of all versions from an empty database that goes through them, as far as it gets. */
async function readNames(history: History, settings: Settings): Promise<Names> {
  const tables = new Map<string, Set<string>>();
  const db = (await prepareBase(history.base, settings))();
  try {
    addNames(db, tables);
    let complete = true;
    for (const migration of history.migrations) {
      if (migration.kind === 'code') complete = false;
      else {
        const failure = execute(db, migration, settings);
        addNames(db, tables);
        // After a skipped program, a failure may be due to its missing objects; otherwise the history ends there.
        if (failure !== null && complete) return { tables, complete: false };
      }
    }
    return { tables, complete };
  } finally {
    db.close();
  }
}

function addNames(db: Database, tables: Map<string, Set<string>>): void {
  for (const { name, columns } of readSchema(db).tables) {
    const known = tables.get(name) ?? new Set();
    for (const column of columns) known.add(column.name);
    tables.set(name, known);
  }
}

function misspelt(key: string, tables: ReadonlyMap<string, ReadonlySet<string>>): HarnessError {
  const all = [...tables].flatMap(([table, columns]) => [table, ...[...columns].map((column) => `${table}.${column}`)]);
  const near = closestName(foldName(key), all);
  const remedy = near === null ? `The tables are ${[...tables.keys()].join(', ')}.` : `The nearest name is ${near}.`;
  return new HarnessError('bad-config', `The maker for "${key}" names a table or column that no version has.`, {
    remedy,
    facts: { maker: key },
  });
}
