import type { Migration, Statement } from '../../model/history.ts';
import type { Schema } from '../../model/schema.ts';
import { type Reading, readConditions } from '../../sql/conditions.ts';
import { checkOfGiven, type GivenRows } from '../../sql/given-rows.ts';
import { type Link, readLinks } from '../../sql/links.ts';
import { namesIn } from '../../sql/names.ts';
import { foldName } from '../../sql/quote.ts';
import { readTableText } from '../../sql/table-text.ts';
import { tableNamed } from '../../sql/tables.ts';
import { readUniques } from '../../sql/uniques.ts';

/** What a text says about rows: the names in it, folded, and the conditions. */
export interface Mention {
  readonly names: ReadonlySet<string>;
  readonly readings: readonly Reading[];
}

/** What a table will be declared to satisfy. */
export interface Declaration {
  readonly links: readonly Link[];
  /** CHECK expressions. */
  readonly checks: readonly string[];
  /** Columns that will have to be unique together. */
  readonly uniques: readonly (readonly string[])[];
}

/** What the migrations still to come tell of the tables that exist now. */
export interface Later {
  /** By the folded name that a table has now. */
  readonly declarations: ReadonlyMap<string, readonly Declaration[]>;
  readonly mentions: readonly Mention[];
  /** Folded names, as they are now, of tables that will get rows written out as VALUES: their keys are spoken for. */
  readonly given: ReadonlySet<string>;
  /** By the folded name of a table, as it is now: those whose rows will be copied into it, so that they are not there yet. */
  readonly fed: ReadonlyMap<string, ReadonlySet<string>>;
}

type Event =
  | ({ readonly kind: 'declared'; readonly table: string } & Declaration)
  | { readonly kind: 'renamed'; readonly from: string; readonly to: string }
  | ({ readonly kind: 'given' } & GivenRows)
  | { readonly kind: 'fed'; readonly table: string; readonly sources: readonly string[] }
  | ({ readonly kind: 'mentioned' } & Mention);

/** A history is asked at every step and read once. */
const eventsRead = new WeakMap<Migration, readonly Event[]>();

/**
 * Reads what `migrations`, which have not run yet, tell of the tables of `schema`: references and checks that they will
 * declare, and the values and JSON documents that they look for. A table that is made under another name and renamed
 * counts under its last name; one that exists now and is renamed, under the name that it has now.
 */
export function readLater(migrations: readonly Migration[], schema: Schema): Later {
  const isPresent = (name: string): boolean => tableNamed(schema, name) !== undefined;
  const declarations = new Map<string, Declaration[]>();
  const nameNow = new Map<string, string>();
  const mentions: Mention[] = [];
  const given = new Set<string>();
  const written: GivenRows[] = [];
  const fed = new Map<string, ReadonlySet<string>>();
  const known = (name: string): string => (isPresent(name) ? name : (nameNow.get(name) ?? name));
  const add = (table: string, more: readonly Declaration[]): void => {
    const all = declarations.get(table);
    if (all === undefined) declarations.set(table, [...more]);
    else all.push(...more);
  };
  const readEvent = (event: Event): void => {
    if (event.kind === 'mentioned') {
      mentions.push(event);
    } else if (event.kind === 'given') {
      given.add(known(event.table));
      written.push(event);
    } else if (event.kind === 'fed') {
      const table = known(event.table);
      fed.set(table, new Set([...(fed.get(table) ?? []), ...event.sources.map(known)]));
    } else if (event.kind === 'declared') {
      add(known(event.table), [event]);
    } else if (isPresent(known(event.from))) {
      nameNow.set(event.to, known(event.from));
    } else {
      add(known(event.to), [...(declarations.get(event.from) ?? [])]);
    }
  };
  for (const migration of migrations) for (const event of eventsOf(migration)) readEvent(event);
  // Links to what is written out are all that is left to read.
  if (written.length === 0) return { declarations, mentions, given, fed };
  for (const [table, declared] of declarations) {
    const links = declared.flatMap((declaration) => declaration.links);
    const open = links.filter(({ parent }) => !isPresent(parent) && !fed.has(foldName(parent)));
    const checks = open.flatMap((link) => checkOfGiven(link, written) ?? []);
    if (checks.length > 0) add(table, [{ links: [], checks, uniques: [] }]);
  }
  return { declarations, mentions, given, fed };
}

function eventsOf(migration: Migration): readonly Event[] {
  const known = eventsRead.get(migration);
  if (known !== undefined) return known;
  const events = migration.statements.flatMap(readEvents);
  eventsRead.set(migration, events);
  return events;
}

function readEvents({ sql, head }: Statement): Event[] {
  const table = foldName(head.target ?? '');
  switch (head.verb) {
    case 'create-table':
      if (head.sources.length > 0) return mentioned(readMention(sql));
      return [
        {
          kind: 'declared',
          table,
          links: readLinks(sql),
          checks: readTableText(sql).checks,
          uniques: readUniques(sql),
        },
      ];
    case 'add-column':
      return [
        { kind: 'declared', table, links: readLinks(sql, head.column), checks: readTableText(sql).checks, uniques: [] },
        ...mentioned(readMention(sql)),
      ];
    case 'alter-table':
      return [{ kind: 'declared', table, links: [], checks: readTableText(sql).checks, uniques: [] }];
    case 'rename-table':
      return [{ kind: 'renamed', from: table, to: foldName(head.renamedTo ?? '') }];
    case 'update':
      return mentioned(readUpdate(sql));
    case 'insert':
    case 'replace':
      return [
        head.sources.length === 0
          ? ({ kind: 'given', table, sql } as const)
          : ({ kind: 'fed', table, sources: head.sources.map(foldName) } as const),
        ...mentioned(readMention(sql)),
      ];
    case 'create-index':
      return [
        { kind: 'declared', table, links: [], checks: [], uniques: readUniques(sql) },
        ...mentioned(readMention(sql)),
      ];
    case 'select':
    case 'delete':
    case 'create-view':
    case 'create-trigger':
      return mentioned(readMention(sql));
    default:
      return [];
  }
}

/** What UPDATE sets is a new value; what it looks for, reads as JSON or casts is the one that rows have. */
function readUpdate(sql: string): Mention {
  const where = sql.search(/\bWHERE\b/i);
  const set = readConditions(where < 0 ? sql : sql.slice(0, where)).filter(
    ({ condition }) => condition.kind === 'json' || condition.kind === 'numeric',
  );
  return { ...readMention(sql), readings: where < 0 ? set : [...set, ...readConditions(sql.slice(where))] };
}

function mentioned(mention: Mention): Event[] {
  return mention.readings.length === 0 ? [] : [{ kind: 'mentioned', ...mention }];
}

/** Reads the names in a text and the conditions on them. */
export function readMention(sql: string): Mention {
  return { names: namesIn(sql), readings: readConditions(sql) };
}
