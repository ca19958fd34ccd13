import type { Column, Table } from '../model/schema.ts';
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
  const { columns, primaryKey, indexes, foreignKeys, checks, strict, withoutRowid, autoincrement, sql } = table;
  const option = (kind: ConstraintKind, holds: boolean, text: string): Constraint[] =>
    holds ? [{ kind, columns: [], text }] : [];
  const list = (names: readonly (string | null)[]): string => names.map((name) => shown(name ?? '')).join(', ');
  return [
    ...(primaryKey.length > 0
      ? [{ kind: 'primary-key' as const, columns: primaryKey, text: `PRIMARY KEY (${list(primaryKey)})` }]
      : []),
    ...indexes
      .filter(({ origin }) => origin === 'unique')
      .map(({ columns: names }): Constraint => {
        return { kind: 'unique', columns: names.filter((name) => name !== null), text: `UNIQUE (${list(names)})` };
      }),
    ...columns
      .filter(({ notNull }) => notNull)
      .map(({ name }): Constraint => ({ kind: 'not-null', columns: [name], text: `NOT NULL of ${name}` })),
    // DEFAULT NULL is what a column has without any. https://sqlite.org/lang_createtable.html#the_default_clause
    ...columns.flatMap(({ name, default: value, generated }): Constraint[] =>
      value === null || generated !== 'no' || foldName(value) === 'null'
        ? []
        : [{ kind: 'default', columns: [name], text: `DEFAULT ${value} of ${name}` }],
    ),
    ...foreignKeys.flatMap(({ columns: names, parent, onDelete, onUpdate }): Constraint[] => {
      const action = { columns: names, parent };
      const of = `of FOREIGN KEY (${list(names)})`;
      return [
        ...(onDelete === noAction
          ? []
          : [{ ...action, kind: 'on-delete' as const, text: `ON DELETE ${onDelete} ${of}` }]),
        ...(onUpdate === noAction
          ? []
          : [{ ...action, kind: 'on-update' as const, text: `ON UPDATE ${onUpdate} ${of}` }]),
      ];
    }),
    ...foreignKeys.map(
      (key): Constraint => ({
        kind: 'foreign-key',
        columns: key.columns,
        parent: key.parent,
        text: `FOREIGN KEY (${list(key.columns)}) REFERENCES ${shown(key.parent)}`,
      }),
    ),
    ...readDeferred(sql).flatMap((names): Constraint[] => {
      const key = foreignKeys.find((each) => sortedNames(each.columns) === sortedNames(names));
      if (key === undefined) return [];
      const text = `DEFERRABLE INITIALLY DEFERRED of FOREIGN KEY (${list(key.columns)})`;
      return [{ kind: 'deferred', columns: key.columns, parent: key.parent, text }];
    }),
    ...checks.map((check): Constraint => {
      const names = namesIn(check);
      const used = columns.map(({ name }) => name).filter((name) => names.has(foldName(name)));
      return { kind: 'check', columns: used, text: `CHECK (${check})` };
    }),
    ...[...readCollations(sql)]
      .filter(([, collation]) => collation !== 'binary')
      .map(([folded, collation]): Constraint => {
        const name = columnOf(table, folded)?.name ?? folded;
        return { kind: 'collate', columns: [name], text: `COLLATE ${collation.toUpperCase()} of ${name}` };
      }),
    ...readConflictClauses(sql).map(({ action, columns: names, of }): Constraint => {
      return { kind: 'on-conflict', columns: names, text: `ON CONFLICT ${action} of ${of} (${list(names)})` };
    }),
    ...columns
      .filter(({ generated }) => generated !== 'no')
      .map(({ name }): Constraint => ({ kind: 'generated', columns: [name], text: `GENERATED ALWAYS AS of ${name}` })),
    ...option('strict', strict, 'STRICT'),
    ...option('without-rowid', withoutRowid, 'WITHOUT ROWID'),
    // It belongs to the column that is the rowid, and goes with it.
    ...option('autoincrement', autoincrement, 'AUTOINCREMENT').map((each) => ({ ...each, columns: primaryKey })),
  ];
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
