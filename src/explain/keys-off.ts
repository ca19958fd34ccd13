import type { Runner } from '../model/tool.ts';

/**
 * Stands in the advice of a topic for how to keep foreign keys from acting, which every tool does in its own way: some need
 * a line in the file, some a call before it, and some have nothing for it.
 */
export const keysOff = '{keys off}';

/** The words for a folder whose runner nobody knows. */
const byAnyone =
  'Put `-- rowproof: foreign_keys=off` at the head of the migration where rowproof runs it; elsewhere switch foreign keys off before BEGIN: inside a transaction PRAGMA foreign_keys does nothing.';

/** Advice in the terms of whoever runs the migrations; null stands for nobody in particular. */
export function inTermsOf(runner: Pick<Runner, 'keysOff'> | null, advice: string): string {
  return advice.replaceAll(keysOff, () => runner?.keysOff ?? byAnyone);
}
