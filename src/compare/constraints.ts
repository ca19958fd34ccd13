import type { Column, ForeignKey, Table } from '../model/schema.ts';
import { readCollations } from '../sql/collations.ts';
import { readConflictClauses } from '../sql/conflict-clauses.ts';
import { readDeferred } from '../sql/deferred.ts';
import { namesIn } from '../sql/names.ts';
import { foldName, quoteName, sameName, unquote } from '../sql/quote.ts';
import { significantTokens } from '../sql/tokens.ts';

/** The kinds of constraints that tell apart what a rebuild leaves out; a default is told of in the same way. */
export type ConstraintKind =
  | 'primary-key'
  | 'unique'
  | 'not-null'
  | 'foreign-key'
  | 'on-delete'
  | 'on-update'
  | 'deferred'
  | 'check'
  | 'collate'
  | 'strict'
  | 'without-rowid'
  | 'autoincrement'
  | 'default'
  | 'on-conflict'
  | 'generated';

/** A constraint or default of a table. */
export interface Constraint {
  readonly kind: ConstraintKind;
  readonly columns: readonly string[];
  readonly text: string;
  /** The parent table of a foreign key. */
  readonly parent?: string;
}

/** The default action of a foreign key. https://sqlite.org/foreignkeys.html#fk_actions */
const noAction = 'NO ACTION';

/** A foreign key and its actions are one matter. */
export function familyOf(kind: ConstraintKind): ConstraintKind {
  return isOfKey(kind) ? 'foreign-key' : kind;
}

/** Whether it is a part of a foreign key, which goes with its key: an action on its parent, or the time at which it is checked. */
export function isAction({ kind }: Constraint): boolean {
  return isOfKey(kind);
}

function isOfKey(kind: ConstraintKind): boolean {
  return kind === 'on-delete' || kind === 'on-update' || kind === 'deferred';
}

/** All constraints and defaults of a table. */
export function constraintsOf(table: Table): Constraint[] {
  return [
    ...uniqueKeys(table),
    ...columnConstraints(table),
    ...foreignKeyParts(table),
    ...checksOf(table),
    ...collationsOf(table),
    ...conflictClausesOf(table),
    ...generatedColumns(table),
    ...tableOptions(table),
  ];
}

function uniqueKeys({ primaryKey, indexes }: Table): Constraint[] {
  const primary: Constraint = { kind: 'primary-key', columns: primaryKey, text: `PRIMARY KEY (${list(primaryKey)})` };
  const unique = indexes.filter(({ origin }) => origin === 'unique');
  return [
    ...(primaryKey.length > 0 ? [primary] : []),
    ...unique.map(({ columns: names }): Constraint => {
      return { kind: 'unique', columns: names.filter((name) => name !== null), text: `UNIQUE (${list(names)})` };
    }),
  ];
}

function columnConstraints({ columns }: Table): Constraint[] {
  return [
    ...columns
      .filter(({ notNull }) => notNull)
      .map(({ name }): Constraint => ({ kind: 'not-null', columns: [name], text: `NOT NULL of ${name}` })),
    // DEFAULT NULL is what a column has without any. https://sqlite.org/lang_createtable.html#the_default_clause
    ...columns.flatMap(({ name, default: value, generated }): Constraint[] =>
      value === null || generated !== 'no' || foldName(value) === 'null'
        ? []
        : [{ kind: 'default', columns: [name], text: `DEFAULT ${value} of ${name}` }],
    ),
  ];
}

/** The actions of foreign keys, the keys, and the time at which they are checked. */
function foreignKeyParts({ foreignKeys, sql }: Table): Constraint[] {
  const nameOf = ({ columns }: ForeignKey): string => `FOREIGN KEY (${list(columns)})`;
  const part = (kind: ConstraintKind, key: ForeignKey, text: string): Constraint => {
    return { kind, columns: key.columns, parent: key.parent, text };
  };
  return [
    ...foreignKeys.flatMap((key): Constraint[] => [
      ...(key.onDelete === noAction ? [] : [part('on-delete', key, `ON DELETE ${key.onDelete} of ${nameOf(key)}`)]),
      ...(key.onUpdate === noAction ? [] : [part('on-update', key, `ON UPDATE ${key.onUpdate} of ${nameOf(key)}`)]),
    ]),
    ...foreignKeys.map((key) => part('foreign-key', key, `${nameOf(key)} REFERENCES ${shown(key.parent)}`)),
    ...readDeferred(sql).flatMap((names): Constraint[] => {
      const key = foreignKeys.find((each) => sortedNames(each.columns) === sortedNames(names));
      return key === undefined ? [] : [part('deferred', key, `DEFERRABLE INITIALLY DEFERRED of ${nameOf(key)}`)];
    }),
  ];
}

function checksOf({ checks, columns }: Table): Constraint[] {
  return checks.map((check) => {
    const names = namesIn(check);
    const used = columns.map(({ name }) => name).filter((name) => names.has(foldName(name)));
    return { kind: 'check', columns: used, text: `CHECK (${check})` };
  });
}

function collationsOf(table: Table): Constraint[] {
  const others = [...readCollations(table.sql)].filter(([, collation]) => collation !== 'binary');
  return others.map(([folded, collation]) => {
    const name = columnOf(table, folded)?.name ?? folded;
    return { kind: 'collate', columns: [name], text: `COLLATE ${collation.toUpperCase()} of ${name}` };
  });
}

function conflictClausesOf({ sql }: Table): Constraint[] {
  return readConflictClauses(sql).map(({ action, columns, of }) => {
    return { kind: 'on-conflict', columns, text: `ON CONFLICT ${action} of ${of} (${list(columns)})` };
  });
}

function generatedColumns({ columns }: Table): Constraint[] {
  return columns
    .filter(({ generated }) => generated !== 'no')
    .map(({ name }) => ({ kind: 'generated', columns: [name], text: `GENERATED ALWAYS AS of ${name}` }));
}

function tableOptions({ strict, withoutRowid, autoincrement, primaryKey }: Table): Constraint[] {
  return [
    ...(strict ? [{ kind: 'strict' as const, columns: [], text: 'STRICT' }] : []),
    ...(withoutRowid ? [{ kind: 'without-rowid' as const, columns: [], text: 'WITHOUT ROWID' }] : []),
    // It belongs to the column that is the rowid, and goes with it.
    ...(autoincrement ? [{ kind: 'autoincrement' as const, columns: primaryKey, text: 'AUTOINCREMENT' }] : []),
  ];
}

function list(names: readonly (string | null)[]): string {
  return names.map((name) => shown(name ?? '')).join(', ');
}

/** The identity of a constraint, independent of quoting: a key may lead to another parent. */
export function likeness({ kind, columns, text }: Constraint): string {
  if (kind === 'check') {
    const words = significantTokens(text).map((token) =>
      token.kind === 'string' ? token.text : foldName(unquote(token.text)),
    );
    return words.join(' ');
  }
  return `${kind} ${sortedNames(columns)}`;
}

/** Names in an order of their own, as one text: those of two constraints are equal where they are about the same columns. */
export function sortedNames(columns: readonly (string | null)[]): string {
  return JSON.stringify(columns.map((column) => foldName(column ?? '')).sort());
}

function shown(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : quoteName(name);
}

/** The column of that name, or undefined. */
export function columnOf({ columns }: Table, name: string): Column | undefined {
  return columns.find((column) => sameName(column.name, name));
}
