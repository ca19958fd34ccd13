import type { Sample } from '../cost/run.ts';
import type { Database } from '../database/connection.ts';
import { execute } from '../database/execute.ts';
import type { Snapshot } from '../database/snapshot.ts';
import { type ProfileMaterial, profileDataset } from '../datasets/profile.ts';
import type { DatasetRecipe } from '../datasets/recipe.ts';
import { shrinkings } from '../datasets/shrunk.ts';
import type { Migration } from '../model/history.ts';
import type { TableProfile } from '../model/profile.ts';
import type { Settings } from '../model/settings.ts';
import { quoteName } from '../sql/quote.ts';

/** Databases with rows of the shape of a profile, in ascending sizes, that stand at one place of the history. */
export interface ShrunkDatabases {
  /** Their contents. */
  readonly samples: () => readonly Sample[];
  /** Applies a migration to all of them. @returns false where it fails on one. */
  readonly apply: (migration: Migration) => boolean;
  readonly close: () => void;
}

/**
 * Makes such databases before a migration.
 * @param empty the database without rows at that place.
 * @returns null where the rows of the profile do not belong there yet, or its largest table takes none.
 */
export function shrinkProfile(
  recipe: DatasetRecipe,
  material: ProfileMaterial,
  largest: TableProfile,
  empty: Snapshot,
  { position }: Migration,
  settings: Settings,
): ShrunkDatabases | null {
  const databases: Database[] = [];
  const close = (): void => {
    for (const db of databases) db.close();
  };
  const rows = shrinkings(largest.rows).map((rowsFor) => {
    const db = empty.open(settings);
    databases.push(db);
    const { fill } = profileDataset(recipe, { ...material, scale: 1, rowsFor });
    fill(db, { position: position - 1, restarted: false, state: null });
    return countRows(db, largest.name);
  });
  if (rows.some((count) => count === 0)) {
    close();
    return null;
  }
  return {
    samples: () => databases.map((db, i): Sample => ({ rows: rows[i] ?? 1, content: db.serialize() })),
    apply: (migration) => databases.every((db) => execute(db, migration, settings) === null),
    close,
  };
}

/** The rows of a table; none where there is no such table. */
function countRows(db: Database, table: string): number {
  const exists = db
    .prepare<[string], number>("SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = ? COLLATE NOCASE")
    .pluck()
    .get(table);
  if (exists === undefined) return 0;
  return (
    db
      .prepare<[], number>(`SELECT count(*) FROM main.${quoteName(table)}`)
      .pluck()
      .get() ?? 0
  );
}
