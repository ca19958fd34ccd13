import type { Advice, Runner } from '../model/tool.ts';

/**
 * Stands in the advice of a topic for how to keep foreign keys from acting, which every tool does in its own way: some need
 * a line in the file, some a call before it, and some have nothing for it.
 */
export const keysOff = '{keys off}';

/** Stands for how one transaction goes round the whole of a migration, which each tool says in its own words. */
export const oneTransaction = '{one transaction}';

/** Stands for how a database is brought on that holds half of a migration. */
export const afterFailure = '{after a failure}';

/** The words for a folder whose runner nobody knows. */
const byAnyone: Advice = {
  keysOff:
    'Put `-- rowproof: foreign_keys=off` at the head of the migration where rowproof runs it; elsewhere switch foreign keys off before BEGIN: inside a transaction PRAGMA foreign_keys does nothing.',
  oneTransaction:
    'Let one transaction go round the whole file: leave BEGIN and COMMIT out of it and let the migrator begin and commit.',
  afterFailure: 'Undo by hand what it left; the migration is then pending again.',
};

/** Advice in the terms of whoever runs the migrations; null stands for nobody in particular. */
export function inTermsOf(runner: Pick<Runner, 'advice'> | null, advice: string): string {
  const words = runner?.advice ?? byAnyone;
  return advice
    .replaceAll(keysOff, () => words.keysOff)
    .replaceAll(oneTransaction, () => words.oneTransaction)
    .replaceAll(afterFailure, () => words.afterFailure);
}
