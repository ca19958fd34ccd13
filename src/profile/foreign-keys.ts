import type { Database } from '../database/connection.ts';
import type { Bar } from '../model/histogram.ts';
import type { ForeignKeyProfile } from '../model/profile.ts';
import type { ForeignKey, Schema, Table } from '../model/schema.ts';
import { quoteName, sameName } from '../sql/quote.ts';
import { allFilled, type GroupSizes } from './duplicates.ts';
import { toHistogram } from './histogram.ts';
import { coarse, share, twoDigits } from './round.ts';
import { isUnique } from './unique.ts';

/** Groups of children with the same key: whether their parent is there, how many children, how many such groups. */
type Family = readonly [hasParent: 0 | 1, children: number, groups: number];

/** A foreign key of a table, with the families of its rows. */
export interface KeyFamilies {
  readonly key: ForeignKey;
  /** Undefined where the parent is not there. */
  readonly parent: Table | undefined;
  readonly families: readonly Family[];
}

/** Reads the families of each foreign key of a table. */
export function readFamilies(db: Database, schema: Schema, table: Table): KeyFamilies[] {
  return table.foreignKeys.map((key) => {
    const parent = findParent(schema, key);
    const query = db.prepare<[], Family>(familiesQuery(table, key, parent));
    return { key, parent, families: query.raw().all() };
  });
}

/** The groups of equal values of a column that is a foreign key by itself, whatever becomes of their parents; null of others. */
export function groupsOfKey(keys: readonly KeyFamilies[], column: string): GroupSizes | null {
  const own = keys.find(({ key }) => key.columns.length === 1 && key.columns.every((name) => sameName(name, column)));
  return own?.families.map(toSize) ?? null;
}

/** The declared foreign keys of a table, and the rows that keep them. `rows` counts the rows of the table. */
export function toForeignKeys(
  db: Database,
  keys: readonly KeyFamilies[],
  rows: number,
  atLeast: number,
): ForeignKeyProfile[] {
  return keys.map(({ key, parent, families }) => {
    const kept = families.filter(([hasParent]) => hasParent === 1);
    const orphaned = families.filter(([hasParent]) => hasParent === 0);
    const orphans = sumRows(orphaned);
    const children = parent === undefined ? [] : childrenOf(kept, countRows(db, parent), atLeast);
    return {
      columns: key.columns,
      parent: key.parent,
      parentColumns: key.parentColumns,
      nulls: share(rows - sumRows(families), rows, atLeast),
      orphans: Math.ceil(coarse(orphans, rows, atLeast)),
      orphanShare: share(orphans, rows, atLeast),
      missingParents: missingParents(orphans, sumGroups(orphaned), atLeast),
      children: parent === undefined ? null : children,
      most: mostOf(kept, children, atLeast),
    };
  });
}

/**
 * Children are counted before parents are looked up, so that no index on them is needed. The parent stands left of
 * `=`, whose collation and affinity then decide as they do for SQLite
 * (https://sqlite.org/foreignkeys.html#fk_basics). DISTINCT is for a key whose parent columns are not unique: SQLite
 * refuses it where keys are enforced, and only there.
 */
function familiesQuery(table: Table, key: ForeignKey, parent: Table | undefined): string {
  const columnsAs = (columns: readonly string[], letter: string): string =>
    columns.map((column, i) => `${quoteName(column)} AS ${letter}${i}`).join(', ');
  const groups = `SELECT count(*) AS children, ${columnsAs(key.columns, 'c')} FROM main.${quoteName(table.name)}
    WHERE ${allFilled(key.columns)} GROUP BY ${key.columns.map((_, i) => i + 2).join(', ')}`;
  if (parent === undefined) return `SELECT 0, children, count(*) FROM (${groups}) GROUP BY 2`;
  const familiesWith = (joined: string, names: readonly string[]): string =>
    `SELECT ${names[0]} IS NOT NULL, family.children, count(*) FROM (${groups}) AS family LEFT JOIN ${joined} AS parent
      ON ${names.map((name, i) => `${name} = family.c${i}`).join(' AND ')} GROUP BY 1, 2`;
  if (isUnique(parent, key.parentColumns)) {
    const names = key.parentColumns.map((column) => `parent.${quoteName(column)}`);
    return familiesWith(`main.${quoteName(parent.name)}`, names);
  }
  const distinct = `(SELECT DISTINCT ${columnsAs(key.parentColumns, 'p')} FROM main.${quoteName(parent.name)})`;
  return familiesWith(
    distinct,
    key.parentColumns.map((_, i) => `parent.p${i}`),
  );
}

/** The table that a key refers to; undefined when that table or the columns are not there, as SQLite allows. */
function findParent(schema: Schema, { parent, parentColumns }: ForeignKey): Table | undefined {
  const table = schema.tables.find(({ kind, name }) => kind === 'table' && sameName(name, parent));
  const isThere = parentColumns.every((column) => table?.columns.some(({ name }) => sameName(name, column)));
  return isThere ? table : undefined;
}

/** Parents by their number of children; none are told where there are fewer than `atLeast`. */
function childrenOf(kept: readonly Family[], parents: number, atLeast: number): Bar[] {
  if (parents < atLeast) return [];
  return toHistogram([[0, Math.max(0, parents - sumGroups(kept))], ...kept.map(toSize)], atLeast, () => 1);
}

/** The children of the parent that has most; where these are few, the bar of such parents tells. */
function mostOf(kept: readonly Family[], bars: readonly Bar[], atLeast: number): number {
  const most = kept.reduce((all, [, children]) => Math.max(all, children), 0);
  if (most >= atLeast || most === 0) return twoDigits(most, 'up');
  return sumRows(kept) < atLeast ? atLeast : (bars.at(-1)?.to ?? atLeast);
}

/** The number of missing parents: exact where each of them has left many rows, which are then shown, and not few. */
function missingParents(orphans: number, parents: number, atLeast: number): number {
  if (parents === 0 || orphans >= parents * atLeast) return parents;
  return Math.max(atLeast, Math.round(parents / atLeast) * atLeast);
}

function countRows(db: Database, { name }: Table): number {
  return (
    db
      .prepare<[], number>(`SELECT count(*) FROM main.${quoteName(name)}`)
      .pluck()
      .get() ?? 0
  );
}

function sumRows(families: readonly Family[]): number {
  return families.reduce((sum, [, children, groups]) => sum + children * groups, 0);
}

function sumGroups(families: readonly Family[]): number {
  return families.reduce((sum, [, , groups]) => sum + groups, 0);
}

function toSize([, children, groups]: Family): [size: number, count: number] {
  return [children, groups];
}
