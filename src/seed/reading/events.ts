import { memoized } from '../../memoized.ts';
import type { Migration, Statement, Verb } from '../../model/history.ts';
import { readClosedCases } from '../../sql/closed-cases.ts';
import { type Reading, readConditions } from '../../sql/conditions.ts';
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

/** One thing that a statement to come tells of a table, by its folded name. */
export type Event =
  | ({ readonly kind: 'declared'; readonly table: string } & Declaration)
  | { readonly kind: 'renamed'; readonly table: string; readonly to: string }
  | { readonly kind: 'literal-rows'; readonly table: string; readonly joins: boolean; readonly statement: Statement }
  | { readonly kind: 'copied-from'; readonly table: string; readonly sources: readonly string[] }
  | { readonly kind: 'guarded'; readonly table: string; readonly allowed: readonly Reading[] }
  | ({ readonly kind: 'mentioned' } & Mention);

/** The events of a migration, in the order of its statements. */
export const eventsOf = memoized((migration: Migration): readonly Event[] => {
  const changed = new Set<string>();
  const events = migration.statements.flatMap((statement) => {
    const { verb, target } = statement.head;
    if (changing.has(verb) && target !== null) changed.add(foldName(target));
    return readEvents(statement, changed);
  });
  return [...events, ...readListedRows(migration).flatMap(mentioned)];
});

/** Statements that change the rows that a table has. */
const changing: ReadonlySet<Verb> = new Set(['add-column', 'update']);

function readEvents(statement: Statement, changed: ReadonlySet<string>): Event[] {
  const { sql, head } = statement;
  const table = foldName(head.target ?? '');
  switch (head.verb) {
    case 'create-table':
      if (head.sources.length > 0) return mentioned(readMention(sql));
      return [
        declared(table, {
          links: readReferencesClauses(sql),
          checks: readTableText(sql).checks,
          uniques: readUniques(sql),
        }),
      ];
    case 'add-column':
      return [
        declared(table, { links: readReferencesClauses(sql, head.column), checks: readTableText(sql).checks }),
        ...mentioned(readMention(sql)),
      ];
    case 'alter-table':
      return [declared(table, { checks: readTableText(sql).checks })];
    case 'rename-table':
      return [{ kind: 'renamed', table, to: foldName(head.renamedTo ?? '') }];
    case 'update':
      return mentioned(readUpdate(sql));
    case 'insert':
    case 'replace':
      return [
        head.sources.length === 0
          ? ({ kind: 'literal-rows', table, joins: changed.has(table), statement } as const)
          : ({ kind: 'copied-from', table, sources: head.sources.map(foldName) } as const),
        ...mentioned(readMention(sql)),
      ];
    case 'create-index':
      return [
        declared(table, { uniques: readUniques(sql), within: readIndexCondition(sql) }),
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

function declared(table: string, said: Partial<Declaration>): Event {
  return { kind: 'declared', table, ...declaration(said) };
}

/** A declaration of some constraints and no others. */
export function declaration(said: Partial<Declaration>): Declaration {
  return { links: [], checks: [], uniques: [], within: null, ...said };
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
  const sought = where < 0 ? [] : readConditions(sql.slice(where));
  return { ...readMention(sql), readings: [...set, ...sought, ...readJsonWalks(sql), ...readClosedCases(sql)] };
}

function mentioned(mention: Mention): Event[] {
  return mention.readings.length === 0 ? [] : [{ kind: 'mentioned', ...mention }];
}

/** Reads the names in a text and the conditions on them. */
export function readMention(sql: string): Mention {
  return { names: namesIn(sql), readings: [...readConditions(sql), ...readJsonWalks(sql), ...readClosedCases(sql)] };
}
