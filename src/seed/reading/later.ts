import type { Migration, Statement, Verb } from '../../model/history.ts';
import type { Schema } from '../../model/schema.ts';
import { type Reading, readConditions } from '../../sql/conditions.ts';
import { readAllowed } from '../../sql/forbidding-trigger.ts';
import { readIndexCondition } from '../../sql/index-condition.ts';
import { readJsonWalks } from '../../sql/json-walks.ts';
import { checkOfLiteralRows, type LiteralRows } from '../../sql/literal-rows.ts';
import { namesIn } from '../../sql/names.ts';
import type { Constant } from '../../sql/parts.ts';
import { foldName } from '../../sql/quote.ts';
import { type ReferencesClause, readReferencesClauses } from '../../sql/references-clauses.ts';
import { readTableText } from '../../sql/table-text.ts';
import { tableNamed } from '../../sql/tables.ts';
import { triggerTable } from '../../sql/trigger-text.ts';
import { readUniques } from '../../sql/uniques.ts';
import { type Demands, readDemands } from './demands.ts';
import { type Rival, readRivals } from './united.ts';
import { readWrittenRows } from './written-keys.ts';

/** A text about rows: the names in it, folded, and the conditions. */
export interface Mention {
  readonly names: ReadonlySet<string>;
  readonly readings: readonly Reading[];
}

/** The constraints that a table will be declared with. */
export interface Declaration {
  readonly links: readonly ReferencesClause[];
  /** CHECK expressions. */
  readonly checks: readonly string[];
  /** Columns that will have to be unique together. */
  readonly uniques: readonly (readonly string[])[];
  /** The condition of the partial index that makes them unique; null where all rows are meant. */
  readonly within: string | null;
}

/** The facts that migrations to come tell of the tables that exist now. */
export interface Later {
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
  /** By the folded name of a table: the keys that its rows will share with those of another table. */
  readonly rivals: ReadonlyMap<string, readonly Rival[]>;
  /** The columns that will be copied where NULL is not allowed, and out of which rows. */
  readonly demands: Demands;
}

type Event =
  | ({ readonly kind: 'declared'; readonly table: string } & Declaration)
  | { readonly kind: 'renamed'; readonly from: string; readonly to: string }
  | ({ readonly kind: 'literal-rows'; readonly joins: boolean; readonly statement: Statement } & LiteralRows)
  | { readonly kind: 'copied-from'; readonly table: string; readonly sources: readonly string[] }
  | { readonly kind: 'guarded'; readonly table: string; readonly allowed: readonly Reading[] }
  | ({ readonly kind: 'mentioned' } & Mention);

/** A history is asked at every step and read once. */
const eventsRead = new WeakMap<Migration, readonly Event[]>();

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
  const { declarations, mentions, allowed, rows, joined, copiedFrom } = told;
  return {
    ...{ declarations, mentions, allowed, joined, copiedFrom, literalRows: new Set(rows.keys()) },
    writes: (table, column, constant) => {
      const present = tableNamed(schema, table);
      if (present === undefined) return false;
      const names = present.columns.filter(({ generated }) => generated === 'no').map(({ name }) => name);
      return (rows.get(table) ?? []).some((event) => constantsOf(event, names).get(column)?.has(String(constant)));
    },
    rivals: readRivals(migrations, schema),
    demands: readDemands(migrations, schema),
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

function append<T>(lists: Map<string, T[]>, key: string, more: readonly T[]): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [...more]);
  else list.push(...more);
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

function eventsOf(migration: Migration): readonly Event[] {
  const known = eventsRead.get(migration);
  if (known !== undefined) return known;
  const changed = new Set<string>();
  const events = migration.statements.flatMap((statement) => {
    const { verb, target } = statement.head;
    if (changing.has(verb) && target !== null) changed.add(foldName(target));
    return readEvents(statement, changed);
  });
  eventsRead.set(migration, events);
  return events;
}

/** Statements that change the rows that a table has. */
const changing: ReadonlySet<Verb> = new Set(['add-column', 'update']);

function readEvents(statement: Statement, changed: ReadonlySet<string>): Event[] {
  const { sql, head } = statement;
  const table = foldName(head.target ?? '');
  switch (head.verb) {
    case 'create-table':
      if (head.sources.length > 0) return mentioned(readMention(sql));
      return [
        {
          kind: 'declared',
          table,
          links: readReferencesClauses(sql),
          checks: readTableText(sql).checks,
          uniques: readUniques(sql),
          within: null,
        },
      ];
    case 'add-column':
      return [
        {
          kind: 'declared',
          table,
          links: readReferencesClauses(sql, head.column),
          checks: readTableText(sql).checks,
          uniques: [],
          within: null,
        },
        ...mentioned(readMention(sql)),
      ];
    case 'alter-table':
      return [{ kind: 'declared', table, links: [], checks: readTableText(sql).checks, uniques: [], within: null }];
    case 'rename-table':
      return [{ kind: 'renamed', from: table, to: foldName(head.renamedTo ?? '') }];
    case 'update':
      return mentioned(readUpdate(sql));
    case 'insert':
    case 'replace':
      return [
        head.sources.length === 0
          ? ({ kind: 'literal-rows', table, sql, joins: changed.has(table), statement } as const)
          : ({ kind: 'copied-from', table, sources: head.sources.map(foldName) } as const),
        ...mentioned(readMention(sql)),
      ];
    case 'create-index':
      return [
        { kind: 'declared', table, links: [], checks: [], uniques: readUniques(sql), within: readIndexCondition(sql) },
        ...mentioned(readMention(sql)),
      ];
    case 'create-trigger':
      return [...guarded(statement), ...mentioned(readMention(sql))];
    case 'select':
    case 'delete':
    case 'create-view':
      return mentioned(readMention(sql));
    default:
      return [];
  }
}

function guarded({ sql }: Statement): Event[] {
  const allowed = readAllowed(sql);
  const table = triggerTable(sql);
  return table === null || allowed.length === 0 ? [] : [{ kind: 'guarded', table: foldName(table), allowed }];
}

/** UPDATE sets a new value; it looks for, reads as JSON or casts the value that rows have. */
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
  return { names: namesIn(sql), readings: [...readConditions(sql), ...readJsonWalks(sql)] };
}
