import type { Side } from './dataset.ts';

/** A corrected migration that was run on every side of its step, and found clean. */
export interface Rewrite {
  /** The whole file, original and corrected. */
  readonly original: string;
  readonly text: string;
  /** The sides on which it applied with neither an error nor a new warning, `empty` first. */
  readonly verifiedOn: readonly Side[];
  /** The results in which it differs from the original on purpose, a sentence each; empty without any. */
  readonly differs: readonly string[];
}
