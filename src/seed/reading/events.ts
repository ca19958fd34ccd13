import { memoized } from '../../memoized.ts';
import type { Migration, Statement, Verb } from '../../model/history.ts';
import { readClosedCases } from '../../sql/closed-cases.ts';
import { type ColumnCondition, readConditions } from '../../sql/conditions.ts';
import { readAllowed } from '../../sql/forbidding-trigger.ts';
import { readIndexCondition } from '../../sql/index-condition.ts';
import { readJsonWalks } from '../../sql/json-walks.ts';
import { namesIn } from '../../sql/names.ts';
import { foldName } from '../../sql/quote.ts';
import { type ReferencesClause, readReferencesClauses } from '../../sql/references-clauses.ts';
import { readTableText } from '../../sql/table-text.ts';
import { triggerTable } from '../../sql/trigger-text.ts';
import { readUniques } from '../../sql/uniques.ts';
import { readListedRows } from './listed-rows.ts';

/** A text about rows: the names in it, folded, and the conditions. */
export interface Mention {
  readonly names: ReadonlySet<string>;
  readonly readings: readonly ColumnCondition[];
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

/** One thing that a statement to come tells of a table, by its folded name. */
export type Event =
  | ({ readonly kind: 'declared'; readonly table: string } & Declaration)
  | { readonly kind: 'renamed'; readonly table: string; readonly to: string }
  | { readonly kind: 'literal-rows'; readonly table: string; readonly joins: boolean; readonly statement: Statement }
  | { readonly kind: 'copied-from'; readonly table: string; readonly sources: readonly string[] }
  | { readonly kind: 'guarded'; readonly table: string; readonly allowed: readonly ColumnCondition[] }
  | ({ readonly kind: 'mentioned' } & Mention);

/** The events of a migration, in the order of its statements. */
export const eventsOf = memoized((migration: Migration): readonly Event[] => {
  const changed = new Set<string>();
  const mentioned = (mention: Mention): Event[] =>
    mention.readings.length === 0 ? [] : [{ kind: 'mentioned', ...mention }];
  const events = migration.statements.flatMap((statement) => {
    const { verb, target } = statement.head;
    if (changing.has(verb) && target !== null) changed.add(foldName(target));
    return [...toldBy(statement, changed), ...(readsRows(statement) ? mentioned(mentionOf(statement)) : [])];
  });
  return [...events, ...readListedRows(migration).flatMap(mentioned)];
});

/** Statements that change the rows that a table has. */
const changing: ReadonlySet<Verb> = new Set(['add-column', 'update']);

/** Statements whose conditions are about rows: those that read some, and what is kept to read them. */
const reading: ReadonlySet<Verb> = new Set([
  ...(['select', 'insert', 'replace', 'update', 'delete', 'add-column'] as const),
  ...(['create-index', 'create-trigger', 'create-view'] as const),
]);

function readsRows({ head }: Statement): boolean {
  return reading.has(head.verb) || (head.verb === 'create-table' && head.sources.length > 0);
}

/** The events of one statement but for its conditions. @param changed the folded names of tables whose rows the migration has changed so far. */
function toldBy(statement: Statement, changed: ReadonlySet<string>): Event[] {
  const { sql, head } = statement;
  const table = foldName(head.target ?? '');
  switch (head.verb) {
    case 'create-table':
    case 'add-column':
    case 'alter-table':
      return head.sources.length > 0 ? [] : [{ kind: 'declared', table, ...declarationIn(statement) }];
    case 'create-index': {
      const key = { uniques: readUniques(sql), within: readIndexCondition(sql) };
      return [{ kind: 'declared', table, ...declaration(key) }];
    }
    case 'rename-table':
      return [{ kind: 'renamed', table, to: foldName(head.renamedTo ?? '') }];
    case 'insert':
    case 'replace':
      return head.sources.length === 0
        ? [{ kind: 'literal-rows', table, joins: changed.has(table), statement }]
        : [{ kind: 'copied-from', table, sources: head.sources.map(foldName) }];
    case 'create-trigger': {
      const allowed = readAllowed(sql);
      const guarded = triggerTable(sql);
      return guarded === null || allowed.length === 0 ? [] : [{ kind: 'guarded', table: foldName(guarded), allowed }];
    }
    default:
      return [];
  }
}

/** The constraints that a statement declares for a table or a column of it. */
function declarationIn({ sql, head: { verb, column } }: Statement): Declaration {
  return declaration({
    checks: readTableText(sql).checks,
    links: verb === 'alter-table' ? [] : readReferencesClauses(sql, column),
    uniques: verb === 'create-table' ? readUniques(sql) : [],
  });
}

/** A declaration of some constraints and no others. */
export function declaration(said: Partial<Declaration>): Declaration {
  return { links: [], checks: [], uniques: [], within: null, ...said };
}

function mentionOf({ sql, head }: Statement): Mention {
  const where = head.verb === 'update' ? sql.search(/\bWHERE\b/i) : 0;
  if (where === 0) return readMention(sql);
  // SET gives a new value; it reads as JSON or casts the value that rows have.
  const set = readConditions(where < 0 ? sql : sql.slice(0, where)).filter(
    ({ condition }) => condition.kind === 'json' || condition.kind === 'numeric',
  );
  const sought = where < 0 ? [] : readConditions(sql.slice(where));
  return { names: namesIn(sql), readings: [...set, ...sought, ...readJsonWalks(sql), ...readClosedCases(sql)] };
}

/** Reads the names in a text and the conditions on them. */
export function readMention(sql: string): Mention {
  return { names: namesIn(sql), readings: [...readConditions(sql), ...readJsonWalks(sql), ...readClosedCases(sql)] };
}
