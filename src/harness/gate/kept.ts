import type { ResolvedConfig } from '../../config.ts';
import { createDraft } from '../../database/draft.ts';
import { copyContent } from '../../files/copy.ts';
import { inputsOf } from '../inputs.ts';

const neverReplaced = { replace: false, remedy: 'Name another file, or remove this one.' } as const;

/** The place for the copy that a gate leaves behind. */
export interface KeptCopy {
  /** Puts the copy there, once it is as the pending migrations leave it. @throws HarnessError `output-unwritable`, `disk-full` */
  readonly keep: (copy: string) => void;
  /** Removes what was not kept; a second call does nothing. */
  readonly dispose: () => void;
}

/**
 * Finds the place for a copy before the work.
 * @param wanted a path where nothing is; null keeps nothing.
 * @throws HarnessError `output-unwritable`
 */
export function placeKept(wanted: string | null, config: ResolvedConfig, source: string): KeptCopy {
  if (wanted === null) return { keep: () => {}, dispose: () => {} };
  const draft = createDraft(wanted, { ...neverReplaced, inputs: inputsOf(config, source) });
  return {
    keep: (copy) => {
      copyContent(copy, draft.path);
      draft.publish();
    },
    dispose: draft.dispose,
  };
}
