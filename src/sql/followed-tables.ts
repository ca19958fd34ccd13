import type { ColumnSource, Lookup } from '../model/change.ts';
import type { Schema, Table } from '../model/schema.ts';
import { foldName } from './quote.ts';
import { tableNamed } from './tables.ts';

/** A table at the end of a migration, with where the values of its columns come from by what the statements say. */
export interface FlowTable {
  readonly name: string;
  /** The table of before that it is, renamed perhaps; null when it was made by the migration. */
  readonly before: string | null;
  /** By folded name: what the rows hold that were there or that the table was made of. A column that nothing fed has none. */
  readonly feeds: ReadonlyMap<string, readonly ColumnSource[]>;
  /** The same for rows that take the place of others in a table of before. */
  readonly replacing: ReadonlyMap<string, readonly ColumnSource[]>;
  /** The same for rows that were put into a table of before, beside those that it held. */
  readonly added: ReadonlyMap<string, readonly ColumnSource[]>;
  /** The same for what the SELECTs after the first one of a UNION put in. */
  readonly united: ReadonlyMap<string, readonly ColumnSource[]>;
  /** By folded name: the lookups that a column was given the results of. */
  readonly lookups: ReadonlyMap<string, readonly Lookup[]>;
  /** Whether rows were put in that are not those of one table: of several, one after the other, or written out. */
  readonly mixed: boolean;
  /** The tables of before that rows were put in from, folded. */
  readonly sources: ReadonlySet<string>;
}

/** A table on its way through the statements. */
export interface Moving {
  readonly before: string | null;
  readonly feeds: Map<string, ColumnSource[]>;
  readonly replacing: Map<string, ColumnSource[]>;
  readonly added: Map<string, ColumnSource[]>;
  readonly united: Map<string, ColumnSource[]>;
  readonly lookups: Map<string, Lookup[]>;
  readonly sources: Set<string>;
  mixed: boolean;
  deletedFrom: boolean;
}

/** The tables of a schema, each followed from the first statement on that names it, and those that statements make. */
export interface FollowedTables {
  /** @param name folded. */
  readonly get: (name: string) => Moving | undefined;
  readonly add: (name: string, table: Moving) => void;
  /** @param name folded. */
  readonly delete: (name: string) => void;
  /** A table that no statement names; null for any other. */
  readonly asItWas: (name: string) => FlowTable | null;
  /** Those that are followed and there, in the order of before and then in that of their making. */
  readonly all: () => FlowTable[];
}

/** Follows tables of a schema, however many it has, at the cost of those that are asked for. */
export function followTables(schema: Schema): FollowedTables {
  /** By folded name; null for one that is gone. */
  const followed = new Map<string, { readonly name: string; readonly table: Moving; readonly place: number } | null>();
  let made = 0;
  return {
    get: (name) => {
      const known = followed.get(name);
      if (known !== undefined) return known?.table;
      const own = tableNamed(schema, name);
      if (own === undefined) return undefined;
      const table = untouched(own);
      followed.set(name, { name: own.name, table, place: schema.tables.indexOf(own) });
      return table;
    },
    add: (name, table) => {
      made += 1;
      followed.set(foldName(name), { name, table, place: schema.tables.length + made });
    },
    delete: (name) => {
      followed.set(name, null);
    },
    asItWas: (name) => {
      const own = followed.has(foldName(name)) ? undefined : tableNamed(schema, name);
      return own === undefined ? null : { ...untouched(own), name: own.name };
    },
    all: () => {
      const there = [...followed.values()].filter((each) => each !== null);
      return there.sort((a, b) => a.place - b.place).map(({ name, table }) => ({ ...table, name }));
    },
  };
}

function untouched({ name, columns }: Table): Moving {
  const feeds = columns.map(({ name: column }): [string, ColumnSource[]] => [
    foldName(column),
    [{ kind: 'column', table: name, column, statement: 0 }],
  ]);
  return newTable(name, feeds);
}

/** A table that holds what `feeds` say. @param before the table of before that it is, or null. */
export function newTable(before: string | null, feeds: Iterable<[string, ColumnSource[]]>): Moving {
  return {
    before,
    feeds: new Map(feeds),
    replacing: new Map(),
    added: new Map(),
    united: new Map(),
    lookups: new Map(),
    sources: new Set(),
    mixed: false,
    deletedFrom: false,
  };
}
