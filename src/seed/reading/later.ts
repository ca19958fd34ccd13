import { memoized } from '../../memoized.ts';
import type { Migration, Statement } from '../../model/history.ts';
import type { Schema } from '../../model/schema.ts';
import type { ColumnCondition } from '../../sql/conditions.ts';
import { checkOfLiteralRows, readLiteralRows } from '../../sql/literal-rows.ts';
import type { Constant } from '../../sql/parts.ts';
import { foldName, sameName } from '../../sql/quote.ts';
import type { ReferencesClause } from '../../sql/references-clauses.ts';
import { tableNamed } from '../../sql/tables.ts';
import { append } from './append.ts';
import { type Demands, readDemands } from './demands.ts';
import { type Declaration, declaration, type Event, eventsOf, type Mention } from './events.ts';
import { readMatches } from './matches.ts';
import { readRekeyed } from './rekeyed.ts';
import { readWayFacts, type WayFacts } from './way-facts.ts';

/** The facts that migrations to come tell of the tables that exist now. */
export interface Later extends Omit<WayFacts, 'links'> {
  /** By the folded name that a table has now. */
  readonly declarations: ReadonlyMap<string, readonly Declaration[]>;
  readonly mentions: readonly Mention[];
  /** By the folded name of a table, as it is called now: the values that triggers to come let through. */
  readonly allowed: ReadonlyMap<string, readonly ColumnCondition[]>;
  /** The folded present names of tables that will get rows written out as VALUES: their keys are taken. */
  readonly literalRows: ReadonlySet<string>;
  /** Whether one of those rows holds a constant in a column of a table, both by their folded names of now. */
  readonly writes: (table: string, column: string, constant: Constant) => boolean;
  /** Of those, the ones whose rows of before the same migration changes first: they are the application's. */
  readonly joined: ReadonlySet<string>;
  /** By the folded present name of a table: those whose rows will be copied into it, so that they are not there yet. */
  readonly copiedFrom: ReadonlyMap<string, ReadonlySet<string>>;
  /** The columns that will be copied where NULL is not allowed, and out of which rows. */
  readonly demands: Demands;
  /** By the folded name of a table: the keys that statements look up by its columns. */
  readonly matches: ReadonlyMap<string, readonly ReferencesClause[]>;
}

/**
 * Reads what `migrations`, which have not run yet, tell of the tables of `schema`: references and checks that they will
 * declare, and the values and JSON documents that they look for. A table that is made under another name and renamed
 * counts under its last name; one that exists now and is renamed, under the name that it has now.
 */
export function readLater(migrations: readonly Migration[], schema: Schema): Later {
  const isPresent = (name: string): boolean => tableNamed(schema, name) !== undefined;
  const { written, ...told } = gather(migrations.flatMap(eventsOf), isPresent);
  declareLiteralKeys(told, [...written.values()].flat(), isPresent);
  const { links, rivals, loneRows } = readWayFacts(migrations, schema);
  for (const [table, own] of links) append(told.declarations, table, [declaration({ links: own })]);
  for (const [table, columns] of readRekeyed(migrations, schema))
    append(told.declarations, table, [declaration({ uniques: columns.map((column) => [column]) })]);
  return {
    ...told,
    ...{ rivals, loneRows },
    literalRows: new Set(written.keys()),
    writes: (table, column, constant) =>
      (written.get(table) ?? []).some(({ statement }) => {
        const stored = tableNamed(schema, table)?.columns.filter(({ generated }) => generated === 'no') ?? [];
        const names = readLiteralRows(statement).into ?? stored.map(({ name }) => name);
        const place = names.findIndex((name) => sameName(name, column));
        return stored.length > 0 && textsByPlace(statement)[place]?.has(String(constant)) === true;
      }),
    demands: readDemands(migrations, schema),
    matches: readMatches(migrations, schema),
  };
}

type LiteralEvent = Extract<Event, { kind: 'literal-rows' }>;

/** Gathers events under the folded names that tables have now. @param isPresent whether there is a table of that name. */
function gather(events: readonly Event[], isPresent: (name: string) => boolean) {
  const declarations = new Map<string, Declaration[]>();
  const mentions: Mention[] = [];
  const allowed = new Map<string, ColumnCondition[]>();
  const written = new Map<string, LiteralEvent[]>();
  const joined = new Set<string>();
  const copiedFrom = new Map<string, Set<string>>();
  const nameNow = new Map<string, string>();
  const known = (name: string): string => (isPresent(name) ? name : (nameNow.get(name) ?? name));
  for (const event of events) {
    if (event.kind === 'mentioned') {
      mentions.push(event);
      continue;
    }
    const table = known(event.table);
    if (event.kind === 'declared') append(declarations, table, [event]);
    else if (event.kind === 'guarded') append(allowed, table, event.allowed);
    else if (event.kind === 'literal-rows') {
      if (event.joins && !written.has(table)) joined.add(table);
      append(written, table, [event]);
    } else if (event.kind === 'copied-from') {
      const sources = copiedFrom.get(table) ?? new Set();
      copiedFrom.set(table, sources);
      for (const source of event.sources) sources.add(known(source));
    } else if (isPresent(table)) nameNow.set(event.to, table);
    else append(declarations, known(event.to), declarations.get(event.table) ?? []);
  }
  return { declarations, mentions, allowed, written, joined, copiedFrom };
}

/** Declares the keys of tables that are still to be made with their rows written out. */
function declareLiteralKeys(
  { declarations, copiedFrom }: Pick<ReturnType<typeof gather>, 'declarations' | 'copiedFrom'>,
  written: readonly LiteralEvent[],
  isPresent: (name: string) => boolean,
): void {
  if (written.length === 0) return;
  for (const [table, declared] of declarations) {
    const links = declared.flatMap((each) => each.links);
    const open = links.filter(({ parent }) => !isPresent(parent) && !copiedFrom.has(foldName(parent)));
    const checks = open.flatMap((link) => checkOfLiteralRows(link, written) ?? []);
    if (checks.length > 0) append(declarations, table, [declaration({ checks })]);
  }
}

/** The constants that a statement writes out, as texts, by their places: lists are long, and asked again and again. */
const textsByPlace = memoized((statement: Statement): readonly ReadonlySet<string>[] => {
  const { rows } = readLiteralRows(statement);
  const width = rows.reduce((most, { length }) => Math.max(most, length), 0);
  return Array.from({ length: width }, (_, place) => new Set(rows.flatMap((row) => row[place] ?? []).map(String)));
});
