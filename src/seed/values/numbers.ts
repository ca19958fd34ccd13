import type { Draw } from './draw.ts';

type NumberRule = readonly [names: RegExp, min: number, max: number];

function word(list: string): RegExp {
  return new RegExp(`(?:^|_)(?:${list.replaceAll(' ', '|')})(?:_|$)`);
}

const integers: readonly NumberRule[] = [
  [/(?:^|_)year$/, 2024, 2024],
  [/(?:^|_)month$/, 1, 12],
  [/(?:^|_)(?:day|weekday)$/, 1, 7],
  [/(?:^|_)hour$/, 8, 17],
  [word('port'), 8000, 8999],
  [/(?:^|_)id$/, 1, 1],
  [/(?:^|_)(?:position|order|sort|rank|index|idx|seq|sequence|ordinal|number|no|version|revision|depth)$/, 1, 1],
  [word('min minimum low lower'), 1, 1],
  [word('max maximum high upper limit quota capacity'), 100, 100],
  [word('size bytes length'), 1024, 9999],
  [word('width'), 640, 640],
  [word('height'), 480, 480],
  [word('cents price amount total cost balance fee salary'), 500, 9500],
  [word('duration seconds timeout interval ttl ms'), 30, 900],
  [word('percent percentage progress'), 10, 90],
  [word('rating stars score level priority weight'), 1, 5],
  [word('age'), 20, 60],
];

const reals: readonly NumberRule[] = [
  [word('lat latitude'), 48, 55],
  [word('lon lng long longitude'), 2, 12],
  [word('ratio rate factor probability confidence'), 0, 0],
  [word('rating stars score'), 1, 4],
];

const quantities = word('amount price cost total balance count qty quantity percent percentage cents');

/** Whether a name is that of a number even where the column is declared TEXT or has no type. */
export function isQuantityName(name: string): boolean {
  return quantities.test(name);
}

/** A whole number that a column of this name (words joined by `_`) could hold. */
export function believableInteger(name: string, draw: Draw): number {
  const [, min, max] = integers.find(([names]) => names.test(name)) ?? [/./, 2, 9];
  return draw.integer(min, max);
}

/** A number with a fraction, which is exact in binary. */
export function believableReal(name: string, draw: Draw): number {
  const [, min, max] = reals.find(([names]) => names.test(name)) ?? [/./, 10, 90];
  return draw.integer(min, max) + 0.5;
}

const flagStarts = /^(?:is|has|can|should|allow|allows|use|uses|enable|disable|show|hide|was|did|needs|requires)_/;
const flagWords = word(
  'enabled disabled active inactive deleted archived hidden locked pinned starred favorite favourite favorited ' +
    'favourited public private verified done completed read blocked banned required optional confirmed approved ' +
    'published visible granted truncated revoked used flag',
);
const flagsDown = word(
  'disabled inactive deleted archived hidden locked blocked banned revoked removed cancelled canceled expired failed ' +
    'truncated draft admin disable hide used',
);

/** Whether a name is that of a yes or no. */
export function isFlagName(name: string): boolean {
  return flagStarts.test(name) || flagWords.test(name);
}

/** 1 for what a living row says yes to, 0 for its end (`is_deleted`). */
export function believableFlag(name: string): number {
  return flagsDown.test(name) ? 0 : 1;
}
