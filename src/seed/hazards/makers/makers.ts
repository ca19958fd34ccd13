import type { HazardMaker } from '../request.ts';
import { hazardsOfNulls } from './alike-but-for-nulls.ts';
import { hazardsOfColumns } from './columns.ts';
import { hazardsOfCopiedKeys } from './copied-keys.ts';
import { hazardsOfNumbers } from './gaps.ts';
import { hazardsMadeAlike } from './made-alike.ts';
import { hazardsOfRenamedKeys, hazardsOfShiftedKeys } from './moved-keys.ts';
import { hazardsOfReferences } from './orphans.ts';
import { hazardsOfSharedKeys } from './shared-keys.ts';
import { hazardsOfWrittenKeys } from './taken-keys.ts';
import { hazardsOfTwins } from './twins.ts';

/** The hazards of the parents and children of the tables that a step touches. */
export const makersOfNeighbours: readonly HazardMaker[] = [hazardsOfReferences];

/** The hazards of the tables that a step touches. Their rows go in in this order, beside those before. */
export const makersOfTouched: readonly HazardMaker[] = [
  hazardsOfColumns,
  hazardsOfTwins,
  hazardsOfNumbers,
  hazardsOfWrittenKeys,
  hazardsOfShiftedKeys,
  hazardsOfRenamedKeys,
  hazardsOfCopiedKeys,
  hazardsOfSharedKeys,
  hazardsMadeAlike,
  hazardsOfNulls,
  ...makersOfNeighbours,
];
