import type { Migration, Statement, Verb } from '../model/history.ts';
import { significantTokens } from './tokens.ts';

/** Statements that change names and texts of the schema, or the connection, and look at no value of a row. */
const schemaOnly: ReadonlySet<Verb> = new Set([
  'create-view',
  'create-trigger',
  'drop-column',
  'drop-index',
  'drop-trigger',
  'drop-view',
  'rename-column',
  'rename-table',
  'pragma',
  'begin',
  'commit',
  'savepoint',
  'release',
]);

/**
 * Whether anything that a migration does may depend on what rows hold, beyond whether there are any: ADD COLUMN asks that
 * alone unless it checks or computes, and an index looks at values only to compare or to compute them.
 */
export function meetsRows({ statements, program }: Migration): boolean {
  // A program may read rows and decide by them.
  if (program !== undefined) return program.isSlow !== true;
  return statements.some(looksAtValues);
}

function looksAtValues({ head, sql }: Statement): boolean {
  if (schemaOnly.has(head.verb)) return false;
  if (head.verb === 'create-table') return head.sources.length > 0;
  if (head.verb !== 'add-column' && head.verb !== 'create-index') return true;
  const words = significantTokens(sql).map(({ text }) => text.toUpperCase());
  if (head.verb === 'add-column') return words.some((word) => word === 'CHECK' || word === 'AS');
  const isComputed = words.filter((word) => word === '(').length > 1 || words.some((word) => word.startsWith('->'));
  return isComputed || words.includes('UNIQUE') || words.includes('WHERE');
}
