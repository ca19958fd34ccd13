import type { Recipe } from './recipe.ts';
import { addComputed } from './recipes/add-computed.ts';
import { addConstant } from './recipes/add-constant.ts';
import { addDefault } from './recipes/add-default.ts';
import { addNullable } from './recipes/add-nullable.ts';
import { addUnique } from './recipes/add-unique.ts';
import { addVirtual } from './recipes/add-virtual.ts';
import { booleanWords } from './recipes/boolean-words.ts';
import { checkRepair, wordInCopy } from './recipes/check-repair.ts';
import { coalesceNull } from './recipes/coalesce.ts';
import { copyColumns } from './recipes/copy-columns.ts';
import { counter } from './recipes/counter.ts';
import { freeNumbers, orIgnore } from './recipes/free-numbers.ts';
import { indexWithoutDefault } from './recipes/index-without-default.ts';
import { jsonGuard } from './recipes/json-guard.ts';
import { documentsWithin, keptBooleans } from './recipes/json-parts.ts';
import { keepParts } from './recipes/keep-parts.ts';
import { keptCast, keptColumn, keptType, quotedOnce } from './recipes/kept-values.ts';
import { keysOff, pragmaGone } from './recipes/keys-off.ts';
import { leaveTaken } from './recipes/leave-taken.ts';
import { comparedNumbers, escapedUnderscore } from './recipes/meant-condition.ts';
import { orphans } from './recipes/orphans.ts';
import { overflowGuard } from './recipes/overflow-guard.ts';
import { constraintsAgain, objectsAgain } from './recipes/parts-again.ts';
import { realColumns } from './recipes/real-columns.ts';
import { recreated } from './recipes/recreated.ts';
import { releasedChildren } from './recipes/released-children.ts';
import { renameLast } from './recipes/rename-last.ts';
import { saveChildren } from './recipes/save-children.ts';
import { searchIndex, searchIndexFirst } from './recipes/search-index.ts';
import { triggersAside } from './recipes/triggers-aside.ts';
import { keepFirst, suffixRows } from './recipes/unique-rows.ts';
import { upsert } from './recipes/upsert.ts';
import { objectsGone, viewsAgain } from './recipes/views-again.ts';
import { deletedBefore, wholeCopy } from './recipes/whole-copy.ts';
import { wholeNumbers } from './recipes/whole-numbers.ts';

/** All recipes; of those for one cause the first that passes is offered. */
export const recipes: readonly Recipe[] = [
  addNullable,
  addComputed,
  addDefault,
  addVirtual,
  addUnique,
  addConstant,
  booleanWords,
  renameLast,
  keysOff,
  saveChildren,
  pragmaGone,
  objectsAgain,
  constraintsAgain,
  viewsAgain,
  objectsGone,
  counter,
  triggersAside,
  searchIndex,
  searchIndexFirst,
  copyColumns,
  coalesceNull,
  keepParts,
  jsonGuard,
  overflowGuard,
  realColumns,
  wordInCopy,
  checkRepair,
  keptType,
  keptCast,
  quotedOnce,
  keptColumn,
  freeNumbers,
  leaveTaken,
  orIgnore,
  wholeCopy,
  deletedBefore,
  recreated,
  upsert,
  releasedChildren,
  orphans,
  indexWithoutDefault,
  suffixRows,
  keepFirst,
  wholeNumbers,
  comparedNumbers,
  escapedUnderscore,
  documentsWithin,
  keptBooleans,
];
