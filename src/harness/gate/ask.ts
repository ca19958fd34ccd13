import { countInCopy } from '../../gate/ask.ts';
import type { Ask } from '../../judge/weigh.ts';
import type { Settings } from '../../model/settings.ts';

/** Makes the question how many rows of a hazard the copy of production holds in its state before a step. */
export function askCopy(settings: Settings): Ask {
  return ({ snapshots }, hazard) => {
    const copy = snapshots.get('copy');
    return copy === undefined ? null : countInCopy(copy, hazard, settings);
  };
}
