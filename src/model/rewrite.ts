import type { Side } from './dataset.ts';

/** Another corrected form, which was run like the first one. */
export interface RewriteChoice {
  /** The result, a sentence. */
  readonly says: string;
  /** The statement in which it differs. */
  readonly sql: string;
  readonly text: string;
}

/** A corrected migration that was run on every side of its step, and found clean. */
export interface Rewrite {
  /** The thing that the texts are: a whole file, or the statements of a program, which has to be changed for them. */
  readonly of: 'file' | 'statements';
  /** The text before and after the correction. */
  readonly original: string;
  readonly text: string;
  /** The sides on which it applied with neither an error nor a new warning, `empty` first. */
  readonly verifiedOn: readonly Side[];
  /** The results in which it differs from the original on purpose, a sentence each; empty without any. */
  readonly differs: readonly string[];
  /** The other forms that a user may prefer; empty without any. */
  readonly choices: readonly RewriteChoice[];
}
