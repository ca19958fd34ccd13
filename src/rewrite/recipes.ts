import type { Recipe } from './recipe.ts';
import { addComputed } from './recipes/add-computed.ts';
import { addConstant } from './recipes/add-constant.ts';
import { addDefault } from './recipes/add-default.ts';
import { addNullable } from './recipes/add-nullable.ts';
import { addUnique } from './recipes/add-unique.ts';
import { addVirtual } from './recipes/add-virtual.ts';
import { booleanWords } from './recipes/boolean-words.ts';
import { coalesceNull } from './recipes/coalesce.ts';
import { jsonGuard } from './recipes/json-guard.ts';
import { keepParts } from './recipes/keep-parts.ts';
import { overflowGuard } from './recipes/overflow-guard.ts';

/** All recipes; of those for one cause the first that passes is offered. */
export const recipes: readonly Recipe[] = [
  addNullable,
  addComputed,
  addDefault,
  addVirtual,
  addUnique,
  addConstant,
  booleanWords,
  coalesceNull,
  keepParts,
  jsonGuard,
  overflowGuard,
];
