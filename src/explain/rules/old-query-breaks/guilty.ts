import type { Migration, Statement, Verb } from '../../../model/history.ts';
import type { BrokenQuery } from '../../../model/query.ts';
import { readLineage } from '../../../sql/lineage.ts';
import { foldName, unquote } from '../../../sql/quote.ts';
import { significantTokens } from '../../../sql/tokens.ts';

/**
 * Finds the statement of a migration that breaks a statement of the application: the one that makes what refuses the row, or
 * is about the column that SQLite names, else the first about a table that the two have in common.
 */
export function findGuilty(migration: Migration, queries: readonly BrokenQuery[]): Statement | null {
  const { statements } = migration;
  const lineage = readLineage(migration);
  const said = namesIn(queries.map(({ message }) => message));
  const read = namesIn(queries.map(({ sql }) => sql));
  const has = (names: ReadonlySet<string>, name: string | null): boolean => name !== null && names.has(foldName(name));
  const isAbout = ({ head }: Statement): boolean => has(read, head.target) || has(read, head.renamedTo);
  const kind = constraintOf(queries);
  const changing = statements.filter(({ head }) => !passive.has(head.verb));
  // A rebuild makes the table under another name.
  const isRebuilt = ({ head, index }: Statement): boolean =>
    head.verb === 'create-table' && head.target !== null && has(read, lineage.nameAtEnd(head.target, index));
  return (
    changing.find((each) => each.head.verb === kind && isAbout(each)) ??
    changing.find((each) => has(said, each.head.column) && isAbout(each)) ??
    changing.find(isRebuilt) ??
    changing.find(({ head }) => has(said, head.target) && head.verb.startsWith('drop-')) ??
    changing.find(isAbout) ??
    null
  );
}

/** The kind of object that refuses a row, where SQLite tells it. */
function constraintOf([first]: readonly BrokenQuery[]): Verb | null {
  if (first?.code === 'SQLITE_CONSTRAINT_TRIGGER') return 'create-trigger';
  return first?.code === 'SQLITE_CONSTRAINT_UNIQUE' ? 'create-index' : null;
}

/** They change rows or nothing, but no schema. */
const passive: ReadonlySet<Verb> = new Set([
  'select',
  'insert',
  'replace',
  'update',
  'delete',
  'pragma',
  'begin',
  'commit',
]);

function namesIn(texts: readonly string[]): ReadonlySet<string> {
  const words = texts.flatMap(significantTokens).filter(({ kind }) => kind === 'word' || kind === 'name');
  return new Set(words.map(({ text }) => foldName(unquote(text))));
}
