import type { Migration, Verb } from '../model/history.ts';

/** Statements that make a new object, or none, and leave all others and their rows as they are. */
const adding: ReadonlySet<Verb> = new Set([
  'create-table',
  'create-index',
  'create-view',
  'create-trigger',
  'select',
  'begin',
  'commit',
  'rollback',
  'savepoint',
  'release',
]);

/** Whether a migration does nothing to a database but add objects to its schema. */
export function addsOnly({ statements, program }: Migration): boolean {
  // On other rows a program may do other things.
  return program === undefined && statements.every(({ head }) => adding.has(head.verb));
}
