import { distinct, repeating, type Series } from './series.ts';
import { draw, shuffle } from './streams.ts';

/** How the numbers of a kind go on from row to row. */
type Run =
  /** 1, 2, 3 … */
  | { readonly kind: 'counted' }
  /** From `min` to `max`, both included, and again. */
  | { readonly kind: 'within'; readonly min: number; readonly max: number }
  /** 2^`bits` numbers from `min` on in no order, then the next as many: no two rows have the same. */
  | { readonly kind: 'spread'; readonly min: number; readonly bits: number };

function word(list: string): RegExp {
  return new RegExp(`(?:^|_)(?:${list.replaceAll(' ', '|')})(?:_|$)`);
}

function within(min: number, max: number): Run {
  return { kind: 'within', min, max };
}

function spread(min: number, bits: number): Run {
  return { kind: 'spread', min, bits };
}

const integers: readonly (readonly [names: RegExp, run: Run])[] = [
  [/(?:^|_)year$/, within(2023, 2025)],
  [/(?:^|_)month$/, within(1, 12)],
  [/(?:^|_)(?:day|weekday)$/, within(1, 7)],
  [/(?:^|_)hour$/, within(8, 17)],
  [word('port'), within(8000, 8999)],
  [/(?:^|_)(?:id|position|order|sort|rank|index|idx|seq|sequence|ordinal|number|no)$/, { kind: 'counted' }],
  [/(?:^|_)(?:version|revision|depth)$/, within(1, 1)],
  [word('min minimum low lower'), within(1, 1)],
  [word('max maximum high upper limit quota capacity'), within(100, 100)],
  [word('size bytes length'), spread(1024, 13)],
  [word('width'), within(640, 640)],
  [word('height'), within(480, 480)],
  [word('cents price amount total cost balance fee salary'), spread(500, 13)],
  [word('duration seconds timeout interval ttl ms'), spread(30, 9)],
  [word('percent percentage progress'), within(10, 90)],
  [word('rating stars score level priority weight'), within(1, 5)],
  [word('age'), within(20, 60)],
];

const reals: readonly (readonly [names: RegExp, run: Run])[] = [
  [word('lat latitude'), within(48, 55)],
  [word('lon lng long longitude'), within(2, 12)],
  [word('ratio rate factor probability confidence'), within(0, 0)],
  [word('rating stars score'), within(1, 4)],
];

const quantities = word('amount price cost total balance count qty quantity percent percentage cents');

/** Whether a name is that of a number even where the column is declared TEXT or has no type. */
export function isQuantityName(name: string): boolean {
  return quantities.test(name);
}

/** The run of a column whose name says nothing. */
const unnamed = spread(2, 3);

function integerRun(name: string): Run {
  return integers.find(([names]) => names.test(name))?.[1] ?? unnamed;
}

/**
 * Whole numbers that a column of this name (words joined by `_`) could hold; where they must differ they count from
 * 1.
 */
export function believableIntegers(name: string, key: number): Series<number> {
  return integerSeries(integerRun(name), key, 0);
}

function integerSeries(run: Run, key: number, ahead: number): Series<number> {
  return { at: runOf(run, key, ahead), distinct: run.kind !== 'within', distinctAt: (index) => counted(index + ahead) };
}

/** A column of whole numbers: its name, words joined by `_`, and the key of its stream. */
export interface IntegerColumn {
  readonly name: string;
  readonly key: number;
}

/**
 * The whole numbers of columns, each of which the plain row holds in none of those before, where its name leaves the
 * choice: a copy that takes one column for another is to show. Those whose names ask for the same go through the same
 * numbers, each ahead of the one before, so that no row holds one twice.
 * @param columns the columns of whole numbers of one table, in their order.
 */
export function integersTogether(columns: readonly IntegerColumn[]): Series<number>[] {
  const runs = new Map<Run, { readonly key: number; ahead: number }>();
  const taken = new Set<number>();
  return columns.map(({ name, key }) => {
    const run = integerRun(name);
    const shared = runs.get(run) ?? { key, ahead: 0 };
    runs.set(run, shared);
    let series = integerSeries(run, shared.key, shared.ahead);
    // A number that was taken once stays taken.
    while (taken.has(series.at(0)) && shared.ahead < taken.size) {
      shared.ahead += 1;
      series = integerSeries(run, shared.key, shared.ahead);
    }
    if (taken.has(series.at(0))) series = integerSeries(run, key, 0);
    taken.add(series.at(0));
    return series;
  });
}

/** Numbers with a fraction, which is exact in binary and never 0. */
export function believableReals(name: string, key: number): Series<number> {
  const [, run] = reals.find(([names]) => names.test(name)) ?? [null, spread(10, 6)];
  const at = runOf(run, key, 0);
  if (run.kind !== 'within') return distinct((index) => at(index) + 0.5);
  // Some of these are as close to each other as places on a map.
  return repeating(
    (index) => at(index) + ((draw(key + 1, index) & 0x3ff) + 0.5) / 0x400,
    (index) => counted(index) + 0.5,
  );
}

function counted(index: number): number {
  return index + 1;
}

function runOf(run: Run, key: number, ahead: number): (index: number) => number {
  switch (run.kind) {
    case 'counted':
      return (index) => counted(index + ahead);
    case 'within': {
      const { min, max } = run;
      const span = max - min + 1;
      // One number for all rows leaves no other within its bounds.
      if (span === 1) return () => min + ahead;
      return (index) => min + ((draw(key, index) + ahead) % span);
    }
    case 'spread': {
      const { min, bits } = run;
      const place = shuffle(key, bits);
      const size = 1 << bits;
      return (index) => min + Math.floor((index + ahead) / size) * size + place(index + ahead);
    }
  }
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

/**
 * 1 for what a living row says yes to, 0 for its end (`is_deleted`). Where no two may be the same, they soon are
 * neither.
 */
export function believableFlags(name: string): Series<number> {
  const flag = flagsDown.test(name) ? 0 : 1;
  return repeating(
    () => flag,
    (index) => (index < 2 ? flag ^ index : index),
  );
}
