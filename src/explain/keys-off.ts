import type { Advice, Runner } from '../model/tool.ts';

/**
 * Stands in a topic's advice for the way to keep foreign keys from acting. Each tool has its own way: a line in the
 * file, a call before it, or none.
 */
export const keysOff = '{keys off}';

/** Stands for the way to wrap a whole migration in one transaction; each tool has its own. */
export const oneTransaction = '{one transaction}';

/** Stands for the way to repair a database that holds half of a migration. */
export const afterFailure = '{after a failure}';

/** The advice for a folder whose runner is unknown. */
const byAnyone: Advice = {
  keysOff:
    'If rowproof runs the migration, put `-- rowproof: foreign_keys=off` at its head. Otherwise switch foreign keys off before BEGIN: PRAGMA foreign_keys has no effect inside a transaction.',
  oneTransaction:
    'Run the whole file in one transaction: leave BEGIN and COMMIT out of the file, and let the migrator begin and commit.',
  afterFailure: 'Undo its changes by hand; the migration is then pending again.',
};

/** Advice in the terms of the tool that runs the migrations; null stands for an unknown tool. */
export function inTermsOf(runner: Pick<Runner, 'advice'> | null, advice: string): string {
  const words = runner?.advice ?? byAnyone;
  return advice
    .replaceAll(keysOff, () => words.keysOff)
    .replaceAll(oneTransaction, () => words.oneTransaction)
    .replaceAll(afterFailure, () => words.afterFailure);
}
