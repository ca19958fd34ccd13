import { clause, outsideAt } from './nesting.ts';
import { textOf } from './select-parts.ts';
import { readWords, type Word } from './words.ts';

/** The words of an UPDATE or DELETE, cut at its clauses. */
export interface ChangeParts {
  /** The WITH before it. */
  readonly common: readonly Word[];
  /** Its table, with another name that it gives it. */
  readonly table: readonly Word[];
  /** The assignments after SET; empty in a DELETE. */
  readonly set: readonly Word[];
  /** The tables after the FROM of an UPDATE; null without one. */
  readonly from: readonly Word[] | null;
  /** The condition after WHERE; null without one. */
  readonly where: readonly Word[] | null;
}

/**
 * Reads an UPDATE or DELETE, and of an upsert its UPDATE; null for any other statement. https://sqlite.org/lang_update.html,
 * https://sqlite.org/lang_delete.html
 */
export function readChangeParts(sql: string): ChangeParts | null {
  const words = readWords(sql).filter(({ text }) => text !== ';');
  const verb = outsideAt(words, verbs);
  if (verb < 0) return null;
  const isUpdate = words[verb]?.key === 'UPDATE';
  const body = words.slice(isUpdate && words[verb + 1]?.key !== 'OR' ? verb + 1 : verb + (isUpdate ? 3 : 2));
  const table = outsideAt(body, endsTable);
  return {
    common: words.slice(0, verb),
    table: table < 0 ? body : body.slice(0, table),
    set: clause(body, setting, endsSet) ?? [],
    from: isUpdate ? clause(body, joining, endsFrom) : null,
    where: clause(body, choosing, endsWhere),
  };
}

/** The text of an UPDATE or DELETE after WHERE; null without one. */
export function readCondition(sql: string): string | null {
  const where = readChangeParts(sql)?.where ?? null;
  return where === null ? null : textOf(sql, where);
}

const verbs: ReadonlySet<string> = new Set(['UPDATE', 'DELETE']);
const setting: ReadonlySet<string> = new Set(['SET']);
const joining: ReadonlySet<string> = new Set(['FROM']);
const choosing: ReadonlySet<string> = new Set(['WHERE']);
const endsWhere: ReadonlySet<string> = new Set(['ORDER', 'LIMIT', 'RETURNING']);
const endsFrom: ReadonlySet<string> = new Set([...endsWhere, 'WHERE']);
const endsSet: ReadonlySet<string> = new Set([...endsFrom, 'FROM']);
const endsTable: ReadonlySet<string> = new Set([...endsSet, 'SET']);
