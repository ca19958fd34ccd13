import type { Migration, Statement } from '../model/history.ts';
import { namesIn } from './names.ts';
import { foldName, sameName } from './quote.ts';
import { readWords } from './words.ts';

/**
 * Whether a statement can only be there to stop a migration whose rows are not as its author wants them. SQLite has no
 * RAISE outside of triggers (https://sqlite.org/lang_createtrigger.html#the_raise_function), so authors put a row into a
 * table whose constraint refuses it: either a scratch table of the migration that nothing reads, or one number, on a
 * condition: `INSERT INTO checks SELECT 0 WHERE EXISTS (…)`. Another constant is more likely a value that is meant to go in.
 * @param isCheck whether a CHECK refuses what it inserts.
 */
export function isGuard(statement: Statement, migration: Migration, isCheck: boolean): boolean {
  const { verb, target } = statement.head;
  if (verb !== 'insert' || target === null) return false;
  return isUnreadScratch(target, migration) || (isCheck && insertsOneNumberOnCondition(statement.sql));
}

/** Whether the migration makes a table and lets it go, and no statement reads it or gives it another name. */
function isUnreadScratch(table: string, { statements }: Migration): boolean {
  const about = statements.filter(({ sql }) => namesIn(sql).has(foldName(table)));
  const isTemporary = ({ sql }: Statement): boolean => /^TEMP(?:ORARY)?$/.test(readWords(sql)[1]?.key ?? '');
  const makers = about.filter(({ head }) => head.verb === 'create-table' && isTarget(head.target, table));
  const goes = about.some(({ head }) => head.verb === 'drop-table' && isTarget(head.target, table));
  return (
    makers.length > 0 &&
    (goes || makers.every(isTemporary)) &&
    about.every(
      ({ head, sql }) => ownVerbs.has(head.verb) && isTarget(head.target, table) && timesNamed(sql, table) === 1,
    )
  );
}

const ownVerbs: ReadonlySet<string> = new Set(['create-table', 'insert', 'delete', 'drop-table']);

function isTarget(target: string | null, table: string): boolean {
  return target !== null && sameName(target, table);
}

function timesNamed(sql: string, table: string): number {
  return readWords(sql).filter(
    ({ kind, text }) => (kind === 'word' || kind === 'name') && namesIn(text).has(foldName(table)),
  ).length;
}

/** `INSERT INTO t SELECT 0 WHERE …`: whichever rows there are, it is the same row that goes in or does not. */
function insertsOneNumberOnCondition(sql: string): boolean {
  const words = readWords(sql).filter(({ depth }) => depth === 0);
  const from = words.findIndex(({ key }) => key === 'SELECT');
  const given = words.slice(from + 1, from + 3);
  return from >= 0 && given[0]?.kind === 'number' && given[1]?.key === 'WHERE';
}
