import { readCondition } from '../sql/change-parts.ts';
import { foldName, sameName } from '../sql/quote.ts';
import { readRaises } from '../sql/raised.ts';
import { asOperand, substitute } from '../sql/substitute.ts';
import { triggerEvent } from '../sql/trigger-text.ts';
import type { Listing } from './ask.ts';
import type { FailedStatement } from './conditions.ts';
import { narrowed, type View, type Views } from './view.ts';

/**
 * The rows at which a trigger of the table that a statement writes raises an error, by the trigger's own conditions.
 * @param rows what the statement writes.
 */
export function raised({ failure, statement, schema }: FailedStatement, views: Views, rows: View | null): Listing[] {
  const { verb, target } = statement.head;
  const event = verb === 'replace' ? 'insert' : verb;
  const there = views.get(foldName(target ?? '')) ?? null;
  const gone = verb === 'delete' && there !== null ? narrowed(there, readCondition(statement.sql)) : null;
  const view = verb === 'delete' ? gone : rows;
  if (target === null || view === null) return [];
  const own = schema.objects.filter(
    ({ type, table, sql }) =>
      type === 'trigger' && sameName(table, target) && sql !== null && triggerEvent(sql) === event,
  );
  return own
    .flatMap(({ sql }) => readRaises(sql ?? '', failure.message))
    .flatMap((guard): Listing[] => {
      const said = guard?.map((condition) => inTermsOf(condition, view, verb === 'insert' ? null : there)) ?? [null];
      const conditions = said.filter((condition) => condition !== null);
      return conditions.length < said.length ? [] : [{ view, conditions: conditions.map(asOperand) }];
    });
}

/** A condition of a trigger in terms of the database. @param old the rows before the statement; null where there are none. */
function inTermsOf(condition: string, written: View, old: View | null): string | null {
  const own = written.table.name;
  const ofOld = old?.columns ?? new Map<string, null>();
  const withOld = substitute(condition, { columns: ofOld, qualifiers: olds, own, qualifiedOnly: true });
  if (withOld === null || (old === null && namesOld.test(condition))) return null;
  return substitute(withOld, { columns: written.columns, qualifiers: news, own, qualifiedOnly: true });
}

const olds: ReadonlySet<string> = new Set(['old']);
const news: ReadonlySet<string> = new Set(['new']);
const namesOld = /\bold\s*\./i;
