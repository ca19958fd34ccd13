import type { PartLoss } from '../model/comparison.ts';
import type { Migration } from '../model/history.ts';
import type { Column, Table } from '../model/schema.ts';
import { affinityOf } from '../sql/affinity.ts';
import { readCollations } from '../sql/collations.ts';
import { namesIn } from '../sql/names.ts';
import { foldName, quoteName, sameName, unquote } from '../sql/quote.ts';
import { significantTokens } from '../sql/tokens.ts';
import { type Rebuild, survives } from './rebuilds.ts';

type Kind =
  | 'primary-key'
  | 'unique'
  | 'not-null'
  | 'foreign-key'
  | 'check'
  | 'collate'
  | 'strict'
  | 'without-rowid'
  | 'autoincrement'
  | 'default';

/** A constraint or default that a table had and has no more. */
interface Lost {
  readonly kind: Kind;
  readonly columns: readonly string[];
  readonly text: string;
  /** The parent table of a foreign key. */
  readonly parent?: string;
}

/** Words in the name of a migration that say it is about a kind of constraint. */
const spoken: Readonly<Record<Kind, readonly string[]>> = {
  'primary-key': ['primary', 'pk', 'key', 'keys'],
  unique: ['unique', 'uniqueness', 'duplicate', 'duplicates'],
  'not-null': ['null', 'nullable', 'nullables', 'optional'],
  'foreign-key': ['fk', 'fks', 'foreign', 'reference', 'references'],
  check: ['check', 'checks'],
  collate: ['collate', 'collation', 'nocase', 'case'],
  strict: ['strict'],
  'without-rowid': ['rowid'],
  autoincrement: ['autoincrement'],
  default: ['default', 'defaults'],
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
  rebuild: Rebuild,
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

function isInPassing(lost: Lost, { name }: Migration, rebuild: Rebuild): boolean {
  const { kind, columns } = lost;
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
function mayHoldNull(column: string, { is }: Rebuild): boolean {
  const isKey = is.primaryKey.some((key) => sameName(key, column));
  return isKey && is.rowidAlias === null && !is.strict && !is.withoutRowid;
}

/** Whether a constraint of the kind stands on one of the columns now, in another form. */
function isRestated({ kind, columns }: Lost, { is }: Rebuild): boolean {
  const isAmong = (names: Iterable<string | null>): boolean =>
    [...names].some((name) => name !== null && columns.some((column) => sameName(column, name)));
  if (kind === 'check') return is.checks.some((check) => isAmong(namesIn(check)));
  if (kind === 'foreign-key') return is.foreignKeys.some((key) => isAmong(key.columns));
  if (kind === 'primary-key' && is.primaryKey.length > 0) return true;
  if (kind === 'unique' || kind === 'primary-key')
    return is.indexes.some(({ unique, columns: all }) => unique && isAmong(all));
  return false;
}

/**
 * Whether a column has the type, default and NOT NULL that it had. A text that changes those means what it says; but a longer
 * VARCHAR says nothing of what is unique or refers to something.
 */
function isDeclaredAsBefore(column: string, kind: Kind, { was, is }: Rebuild): boolean {
  const [old, now] = [columnOf(was, column), columnOf(is, column)];
  if (old === undefined || now === undefined) return false;
  const isSame = ofAnyLength.has(kind) ? affinityOf(old.type) === affinityOf(now.type) : sameType(old, now);
  const isSameDefault = kind === 'default' || old.default === now.default;
  return isSame && isSameDefault && (kind === 'not-null' || old.notNull === now.notNull);
}

const ofAnyLength: ReadonlySet<Kind> = new Set(['unique', 'foreign-key', 'collate']);

/** Whether a rebuild changes anything beyond constraints of one kind that it leaves out. */
function isAboutMore(kind: Kind, rebuild: Rebuild): boolean {
  const { was, is } = rebuild;
  if (was.columns.length !== is.columns.length || !was.columns.every(({ name }) => survives(rebuild, name)))
    return true;
  const isChanged = was.columns.some(({ name }) => {
    const [old, now] = [columnOf(was, name), columnOf(is, name)];
    if (old === undefined || now === undefined) return true;
    if (kind !== 'default' && old.default !== now.default) return true;
    return !sameType(old, now) || (kind !== 'not-null' && old.notNull !== now.notNull);
  });
  if (isChanged) return true;
  const [had, has] = [constraintsOf(was), constraintsOf(is)];
  const isKept = (each: Lost, others: readonly Lost[]): boolean =>
    others.some((other) => likeness(other) === likeness(each));
  return had.some((each) => each.kind !== kind && !isKept(each, has)) || has.some((each) => !isKept(each, had));
}

function allLost({ was, is }: Rebuild): Lost[] {
  const has = new Set(constraintsOf(is).map(likeness));
  const isUnique = (columns: readonly string[]): boolean =>
    [
      is.primaryKey,
      ...is.indexes.filter(({ unique, partial }) => unique && !partial).map((index) => index.columns),
    ].some((key) => sortedNames(key) === sortedNames(columns));
  return constraintsOf(was).filter(
    (each) =>
      !has.has(likeness(each)) && !((each.kind === 'unique' || each.kind === 'primary-key') && isUnique(each.columns)),
  );
}

function constraintsOf(table: Table): Lost[] {
  const { columns, primaryKey, indexes, foreignKeys, checks, strict, withoutRowid, autoincrement, sql } = table;
  const option = (kind: Kind, holds: boolean, text: string): Lost[] => (holds ? [{ kind, columns: [], text }] : []);
  const list = (names: readonly (string | null)[]): string => names.map((name) => shown(name ?? '')).join(', ');
  return [
    ...(primaryKey.length > 0
      ? [{ kind: 'primary-key' as const, columns: primaryKey, text: `PRIMARY KEY (${list(primaryKey)})` }]
      : []),
    ...indexes
      .filter(({ origin }) => origin === 'unique')
      .map(({ columns: names }): Lost => {
        return { kind: 'unique', columns: names.filter((name) => name !== null), text: `UNIQUE (${list(names)})` };
      }),
    ...columns
      .filter(({ notNull }) => notNull)
      .map(({ name }): Lost => ({ kind: 'not-null', columns: [name], text: `NOT NULL of ${name}` })),
    // DEFAULT NULL is what a column has without any. https://sqlite.org/lang_createtable.html#the_default_clause
    ...columns.flatMap(({ name, default: value, generated }): Lost[] =>
      value === null || generated !== 'no' || foldName(value) === 'null'
        ? []
        : [{ kind: 'default', columns: [name], text: `DEFAULT ${value} of ${name}` }],
    ),
    ...foreignKeys.map(
      (key): Lost => ({
        kind: 'foreign-key',
        columns: key.columns,
        parent: key.parent,
        text: `FOREIGN KEY (${list(key.columns)}) REFERENCES ${shown(key.parent)}`,
      }),
    ),
    ...checks.map((check): Lost => {
      const names = namesIn(check);
      const used = columns.map(({ name }) => name).filter((name) => names.has(foldName(name)));
      return { kind: 'check', columns: used, text: `CHECK (${check})` };
    }),
    ...[...readCollations(sql)]
      .filter(([, collation]) => collation !== 'binary')
      .map(([folded, collation]): Lost => {
        const name = columnOf(table, folded)?.name ?? folded;
        return { kind: 'collate', columns: [name], text: `COLLATE ${collation.toUpperCase()} of ${name}` };
      }),
    ...option('strict', strict, 'STRICT'),
    ...option('without-rowid', withoutRowid, 'WITHOUT ROWID'),
    // It belongs to the column that is the rowid, and goes with it.
    ...option('autoincrement', autoincrement, 'AUTOINCREMENT').map((each) => ({ ...each, columns: primaryKey })),
  ];
}

/** What makes two constraints one, however their texts are quoted: a key may lead to another parent. */
function likeness({ kind, columns, text }: Lost): string {
  if (kind === 'check') {
    const words = significantTokens(text).map((token) =>
      token.kind === 'string' ? token.text : foldName(unquote(token.text)),
    );
    return words.join(' ');
  }
  return `${kind} ${sortedNames(columns)}`;
}

function sortedNames(columns: readonly (string | null)[]): string {
  return JSON.stringify(columns.map((column) => foldName(column ?? '')).sort());
}

function shown(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : quoteName(name);
}

function columnOf({ columns }: Table, name: string): Column | undefined {
  return columns.find((column) => sameName(column.name, name));
}

function sameType(a: Column, b: Column): boolean {
  return foldName(a.type) === foldName(b.type) && a.generated === b.generated;
}
