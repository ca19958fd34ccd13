import type { Migration } from '../../model/history.ts';
import type { Schema } from '../../model/schema.ts';
import type { Reading } from '../../sql/conditions.ts';
import { checkOfLiteralRows } from '../../sql/literal-rows.ts';
import type { Constant } from '../../sql/parts.ts';
import { foldName } from '../../sql/quote.ts';
import type { ReferencesClause } from '../../sql/references-clauses.ts';
import { tableNamed } from '../../sql/tables.ts';
import { append } from './append.ts';
import { type CopiedRows, readCopiedRows } from './copied-rows.ts';
import { type Demands, readDemands } from './demands.ts';
import { type Declaration, type Event, eventsOf, type Mention } from './events.ts';
import { readMatches } from './matches.ts';
import { readWrittenRows } from './written-keys.ts';

/** The facts that migrations to come tell of the tables that exist now. */
export interface Later extends Omit<CopiedRows, 'links'> {
  /** By the folded name that a table has now. */
  readonly declarations: ReadonlyMap<string, readonly Declaration[]>;
  readonly mentions: readonly Mention[];
  /** By the folded name of a table, as it is called now: the values that triggers to come let through. */
  readonly allowed: ReadonlyMap<string, readonly Reading[]>;
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
  const told = startReading();
  const isPresent = (name: string): boolean => tableNamed(schema, name) !== undefined;
  const known = (name: string): string => (isPresent(name) ? name : (told.nameNow.get(name) ?? name));
  for (const event of migrations.flatMap(eventsOf)) readEvent(told, event, known, isPresent);
  declareLiteralKeys(told, isPresent);
  const { links: onTheWay, rivals, loneRows } = readCopiedRows(migrations, schema);
  for (const [table, links] of onTheWay)
    append(told.declarations, table, [{ links, checks: [], uniques: [], within: null }]);
  const { declarations, mentions, allowed, rows, joined, copiedFrom } = told;
  return {
    ...{ declarations, mentions, allowed, joined, copiedFrom, literalRows: new Set(rows.keys()) },
    writes: (table, column, constant) => {
      const present = tableNamed(schema, table);
      if (present === undefined) return false;
      const names = present.columns.filter(({ generated }) => generated === 'no').map(({ name }) => name);
      return (rows.get(table) ?? []).some((event) => constantsOf(event, names).get(column)?.has(String(constant)));
    },
    demands: readDemands(migrations, schema),
    ...{ rivals, loneRows },
    matches: readMatches(migrations, schema),
  };
}

/** The facts that the events read so far tell, by the folded present names of tables. */
interface Told {
  readonly declarations: Map<string, Declaration[]>;
  /** The present names of tables that are renamed. */
  readonly nameNow: Map<string, string>;
  readonly mentions: Mention[];
  readonly allowed: Map<string, readonly Reading[]>;
  readonly rows: Map<string, LiteralEvent[]>;
  readonly joined: Set<string>;
  readonly copiedFrom: Map<string, ReadonlySet<string>>;
}

type LiteralEvent = Extract<Event, { kind: 'literal-rows' }>;

function startReading(): Told {
  return {
    declarations: new Map(),
    nameNow: new Map(),
    mentions: [],
    allowed: new Map(),
    rows: new Map(),
    joined: new Set(),
    copiedFrom: new Map(),
  };
}

function readEvent(
  told: Told,
  event: Event,
  known: (name: string) => string,
  isPresent: (name: string) => boolean,
): void {
  if (event.kind === 'mentioned') {
    told.mentions.push(event);
  } else if (event.kind === 'literal-rows') {
    const table = known(event.table);
    if (event.joins && !told.rows.has(table)) told.joined.add(table);
    append(told.rows, table, [event]);
  } else if (event.kind === 'copied-from') {
    const table = known(event.table);
    const sources = event.sources.map(known);
    told.copiedFrom.set(table, new Set([...(told.copiedFrom.get(table) ?? []), ...sources]));
  } else if (event.kind === 'guarded') {
    const table = known(event.table);
    told.allowed.set(table, [...(told.allowed.get(table) ?? []), ...event.allowed]);
  } else if (event.kind === 'declared') {
    append(told.declarations, known(event.table), [event]);
  } else if (isPresent(known(event.from))) {
    told.nameNow.set(event.to, known(event.from));
  } else {
    append(told.declarations, known(event.to), told.declarations.get(event.from) ?? []);
  }
}

/** Declares the keys of tables that are still to be made with their rows written out. */
function declareLiteralKeys({ declarations, rows, copiedFrom }: Told, isPresent: (name: string) => boolean): void {
  const written = [...rows.values()].flat();
  if (written.length === 0) return;
  for (const [table, declared] of declarations) {
    const links = declared.flatMap((declaration) => declaration.links);
    const open = links.filter(({ parent }) => !isPresent(parent) && !copiedFrom.has(foldName(parent)));
    const checks = open.flatMap((link) => checkOfLiteralRows(link, written) ?? []);
    if (checks.length > 0) append(declarations, table, [{ links: [], checks, uniques: [], within: null }]);
  }
}

/** Lists are long, and asked again and again. */
const constantsRead = new WeakMap<Event, ReadonlyMap<string, ReadonlySet<string>>>();

/** The constants in rows that are written out, as texts, by the folded names of columns. */
function constantsOf(event: Event, columns: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const known = constantsRead.get(event);
  if (known !== undefined) return known;
  const found = new Map<string, Set<string>>();
  const written = event.kind === 'literal-rows' ? readWrittenRows(event.statement, columns) : [];
  for (const row of written) {
    for (const [column, constant] of row) {
      const key = foldName(column);
      found.set(key, (found.get(key) ?? new Set()).add(String(constant)));
    }
  }
  constantsRead.set(event, found);
  return found;
}
