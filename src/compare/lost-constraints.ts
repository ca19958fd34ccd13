import type { PartLoss } from '../model/comparison.ts';
import type { Migration } from '../model/history.ts';
import type { Column, Table } from '../model/schema.ts';
import { affinityOf } from '../sql/affinity.ts';
import { namesIn } from '../sql/names.ts';
import { foldName, sameName } from '../sql/quote.ts';
import {
  type Constraint,
  type ConstraintKind,
  columnOf,
  constraintsOf,
  familyOf,
  isAction,
  likeness,
  sortedNames,
} from './constraints.ts';
import { type RebuiltTable, survives } from './rebuilds.ts';

/** Words in the name of a migration that say it is about a kind of constraint. */
const spoken: Readonly<Record<ConstraintKind, readonly string[]>> = {
  'primary-key': ['primary', 'pk', 'key', 'keys'],
  unique: ['unique', 'uniqueness', 'duplicate', 'duplicates'],
  'not-null': ['null', 'nullable', 'nullables', 'optional'],
  'foreign-key': ['fk', 'fks', 'foreign', 'reference', 'references'],
  'on-delete': ['fk', 'fks', 'foreign', 'reference', 'references', 'cascade', 'cascades', 'action', 'actions'],
  'on-update': ['fk', 'fks', 'foreign', 'reference', 'references', 'cascade', 'cascades', 'action', 'actions'],
  deferred: ['fk', 'fks', 'foreign', 'reference', 'references', 'deferrable', 'deferred'],
  check: ['check', 'checks'],
  collate: ['collate', 'collation', 'nocase', 'case'],
  strict: ['strict'],
  'without-rowid': ['rowid'],
  autoincrement: ['autoincrement'],
  default: ['default', 'defaults'],
  'on-conflict': ['conflict', 'conflicts', 'unique', 'ignore', 'replace', 'upsert'],
  generated: ['generated', 'computed', 'virtual', 'stored'],
};

/**
 * The constraints and defaults that a rebuild lost in passing, of columns and parents that are still there.
 *
 * CREATE TABLE … AS SELECT makes a table without any (https://sqlite.org/lang_createtable.html#create_table_as_select_statements),
 * so all are told of. A text that is written out is another matter: leaving one out is how SQLite's own recipe takes a
 * constraint away. So it is told of only where the rebuild is about something else: it also changes what has nothing to do
 * with the constraint, the columns of the constraint are declared as before in all else, no other constraint of its
 * kind takes its place on one of them, and the name of the migration speaks of neither. NOT NULL is told of on columns of the primary
 * key alone: elsewhere a text without it is how a column becomes optional.
 * @param isThere whether a table of before is still there, whatever it is called now.
 */
export function lostConstraints(
  migration: Migration,
  rebuild: RebuiltTable,
  isThere: (table: string) => boolean,
): PartLoss[] {
  const lost = allLost(rebuild).filter(
    ({ columns, parent }) =>
      columns.every((column) => survives(rebuild, column)) && (parent === undefined || isThere(parent)),
  );
  if (lost.length === 0) return [];
  const { created, dropped, is } = rebuild;
  const isSelected = created !== null && created.head.sources.length > 0;
  const told = isSelected ? lost : lost.filter((each) => isInPassing(each, migration, rebuild));
  const statement = (created ?? dropped).index;
  return told.map(({ kind, text, columns }) => ({
    kind: kind === 'default' ? 'lost-default' : 'lost-constraint',
    table: is.name,
    name: text,
    columns,
    statement,
  }));
}

function isInPassing(lost: Constraint, { name }: Migration, rebuild: RebuiltTable): boolean {
  const { kind, columns } = lost;
  // It is a way to store rows, and only its key refuses anything. https://sqlite.org/withoutrowid.html
  if (kind === 'without-rowid') return false;
  if (kind === 'not-null' && isOfKeyWithoutRowid(columns[0] ?? '', rebuild)) return false;
  if (kind === 'not-null' && !mayHoldNull(columns[0] ?? '', rebuild)) return false;
  const words = `_${foldName(name).replaceAll(/[^a-z0-9]+/g, '_')}_`;
  const isSpokenOf = [...spoken[kind], 'constraint', 'constraints'].some((word) => words.includes(`_${word}_`));
  const isNamed = kind !== 'not-null' && columns.some((column) => words.includes(`_${foldName(column)}_`));
  if (isSpokenOf || isNamed || isRestated(lost, rebuild)) return false;
  return columns.every((column) => isDeclaredAsBefore(column, kind, rebuild)) && isAboutMore(kind, rebuild);
}

/**
 * Whether a column is part of a primary key that takes NULL: all but a rowid's and those of STRICT and WITHOUT ROWID tables do.
 * https://sqlite.org/lang_createtable.html#the_primary_key
 */
function mayHoldNull(column: string, { is }: RebuiltTable): boolean {
  const isKey = is.primaryKey.some((key) => sameName(key, column));
  return isKey && is.rowidAlias === null && !is.strict && !is.withoutRowid;
}

/** Whether the key of a table without rowids made a column NOT NULL, and the text said nothing of it. */
function isOfKeyWithoutRowid(column: string, { was, is }: RebuiltTable): boolean {
  return was.withoutRowid && !is.withoutRowid && was.primaryKey.some((key) => sameName(key, column));
}

/** Whether a constraint of the kind stands on one of the columns now, in another form. */
function isRestated({ kind, columns }: Constraint, { is }: RebuiltTable): boolean {
  const isAmong = (names: Iterable<string | null>): boolean =>
    [...names].some((name) => name !== null && columns.some((column) => sameName(column, name)));
  if (kind === 'check') return is.checks.some((check) => isAmong(namesIn(check)));
  // A row that breaks the constraint is refused only while the constraint stands.
  if (kind === 'on-conflict') return !hasConstraintOn(columns, is);
  if (kind === 'foreign-key') return is.foreignKeys.some((key) => isAmong(key.columns));
  if (kind === 'primary-key' && is.primaryKey.length > 0) return true;
  if (kind === 'unique' || kind === 'primary-key')
    return is.indexes.some(({ unique, columns: all }) => unique && isAmong(all));
  return false;
}

function hasConstraintOn(columns: readonly string[], { primaryKey, indexes, columns: all }: Table): boolean {
  const keys = [primaryKey, ...indexes.filter(({ unique }) => unique).map((index) => index.columns)];
  const isKey = keys.some((key) => sortedNames(key) === sortedNames(columns));
  return isKey || all.some(({ name, notNull }) => notNull && columns.length === 1 && sameName(name, columns[0] ?? ''));
}

/**
 * Whether a column has the type, default and NOT NULL that it had. A text that changes those means what it says; but a longer
 * VARCHAR says nothing of what is unique or refers to something.
 */
function isDeclaredAsBefore(column: string, kind: ConstraintKind, { was, is }: RebuiltTable): boolean {
  const [old, now] = [columnOf(was, column), columnOf(is, column)];
  if (old === undefined || now === undefined) return false;
  if (kind === 'generated') return affinityOf(old.type) === affinityOf(now.type) && now.generated === 'no';
  const isSame = ofAnyLength.has(kind) ? affinityOf(old.type) === affinityOf(now.type) : sameType(old, now);
  const isSameDefault = kind === 'default' || old.default === now.default;
  return isSame && isSameDefault && (kind === 'not-null' || old.notNull === now.notNull);
}

const ofAnyLength: ReadonlySet<ConstraintKind> = new Set([
  'unique',
  'foreign-key',
  'on-delete',
  'on-update',
  'deferred',
  'collate',
  'on-conflict',
]);

/** Whether a rebuild changes anything beyond constraints of one kind that it leaves out. */
function isAboutMore(kind: ConstraintKind, rebuild: RebuiltTable): boolean {
  const { was, is } = rebuild;
  if (was.columns.length !== is.columns.length || !was.columns.every(({ name }) => survives(rebuild, name)))
    return true;
  const isChanged = was.columns.some(({ name }) => {
    const [old, now] = [columnOf(was, name), columnOf(is, name)];
    if (old === undefined || now === undefined) return true;
    if (kind !== 'default' && old.default !== now.default) return true;
    const isSame = kind === 'generated' ? foldName(old.type) === foldName(now.type) : sameType(old, now);
    return !isSame || (kind !== 'not-null' && old.notNull !== now.notNull);
  });
  if (isChanged) return true;
  const [had, has] = [constraintsOf(was), constraintsOf(is)];
  const isKept = (each: Constraint, others: readonly Constraint[]): boolean =>
    others.some((other) => likeness(other) === likeness(each));
  const isOfFamily = (each: Constraint): boolean => familyOf(each.kind) === familyOf(kind);
  return had.some((each) => !isOfFamily(each) && !isKept(each, has)) || has.some((each) => !isKept(each, had));
}

function allLost({ was, is }: RebuiltTable): Constraint[] {
  const has = new Set(constraintsOf(is).map(likeness));
  const isUnique = (columns: readonly string[]): boolean =>
    [
      is.primaryKey,
      ...is.indexes.filter(({ unique, partial }) => unique && !partial).map((index) => index.columns),
    ].some((key) => sortedNames(key) === sortedNames(columns));
  const hasKey = ({ columns }: Constraint): boolean =>
    is.foreignKeys.some((key) => sortedNames(key.columns) === sortedNames(columns));
  return constraintsOf(was).filter(
    (each) =>
      !has.has(likeness(each)) &&
      !(isAction(each) && !hasKey(each)) &&
      !((each.kind === 'unique' || each.kind === 'primary-key') && isUnique(each.columns)),
  );
}

function sameType(a: Column, b: Column): boolean {
  return foldName(a.type) === foldName(b.type) && a.generated === b.generated;
}
