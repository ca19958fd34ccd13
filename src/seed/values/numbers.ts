import { named } from '../../text/kinds/kind.ts';
import type { Progression, ValueKind } from './kind.ts';
import { distinct, repeating, type Series } from './series.ts';
import { draw, shuffle } from './streams.ts';

function within(min: number, max: number): Progression {
  return { kind: 'within', min, max };
}

function spread(min: number, bits: number): Progression {
  return { kind: 'spread', min, bits };
}

const integers: readonly (readonly [names: RegExp, progression: Progression])[] = [
  [/(?:^|_)year$/, within(2023, 2025)],
  [/(?:^|_)month$/, within(1, 12)],
  [/(?:^|_)(?:day|weekday)$/, within(1, 7)],
  [/(?:^|_)hour$/, within(8, 17)],
  [named('port'), within(8000, 8999)],
  [/(?:^|_)(?:id|position|order|sort|rank|index|idx|seq|sequence|ordinal|number|no)$/, { kind: 'counted' }],
  [/(?:^|_)(?:version|revision|depth)$/, within(1, 1)],
  [named('min minimum low lower'), within(1, 1)],
  [named('max maximum high upper limit quota capacity'), within(100, 100)],
  [named('size bytes length'), spread(1024, 13)],
  [named('width'), within(640, 640)],
  [named('height'), within(480, 480)],
  [named('cents price amount total cost balance fee salary'), spread(500, 13)],
  [named('duration seconds timeout interval ttl ms'), spread(30, 9)],
  [named('percent percentage progress'), within(10, 90)],
  [named('rating stars score level priority weight'), within(1, 5)],
  [named('age'), within(20, 60)],
];

const reals: readonly (readonly [names: RegExp, progression: Progression])[] = [
  [named('lat latitude'), within(48, 55)],
  [named('lon lng long longitude'), within(2, 12)],
  [named('ratio rate factor probability confidence'), within(0, 0)],
  [named('rating stars score'), within(1, 4)],
];

const quantities = named('amount price cost total balance count qty quantity percent percentage cents');

/** The numbers of a column whose name says nothing. */
const unnamed = spread(2, 3);

function progressionOf(name: string): Progression {
  return integers.find(([names]) => names.test(name))?.[1] ?? unnamed;
}

/** Numbers by their names; quantities even where the column is declared TEXT or has no type. */
export const numberKinds: readonly ValueKind[] = [
  {
    ...{ names: null, contents: ['integer'], evident: false },
    progression: (name) => (/(?:^|_)id$/.test(name) ? null : progressionOf(name)),
    series: ({ beside, name, key }) => beside() ?? integerSeries(progressionOf(name), key, 0),
  },
  { names: null, contents: ['real'], evident: false, series: ({ name, key }) => believableReals(name, key) },
  {
    ...{ names: quantities, contents: ['anything'], evident: false },
    series: ({ name, key }) => integerSeries(progressionOf(name), key, 0),
  },
  {
    ...{ names: quantities, contents: ['text'], evident: false },
    series: ({ name, key }) => asTexts(integerSeries(progressionOf(name), key, 0)),
  },
];

function asTexts({ at, distinct, distinctAt }: Series<number>): Series<string> {
  return { at: (index) => String(at(index)), distinct, distinctAt: (index) => String(distinctAt(index)) };
}

/** Whole numbers; where they must differ they count from 1. */
function integerSeries(progression: Progression, key: number, ahead: number): Series<number> {
  const distinctAt = (index: number): number => counted(index + ahead);
  return { at: numbersOf(progression, key, ahead), distinct: progression.kind !== 'within', distinctAt };
}

/** A column of whole numbers: how they go on, and the key of its stream. */
export interface IntegerColumn {
  readonly progression: Progression;
  readonly key: number;
}

/**
 * The whole numbers of columns, each of which the plain row holds in none of those before, where its name leaves the
 * choice: a copy that takes one column for another is to show. Those whose names ask for the same go through the same
 * numbers, each ahead of the one before, so that no row holds one twice.
 * @param columns the columns of whole numbers of one table, in their order.
 */
export function integersTogether(columns: readonly IntegerColumn[]): Series<number>[] {
  const begun = new Map<Progression, { readonly key: number; ahead: number }>();
  const taken = new Set<number>();
  return columns.map(({ progression, key }) => {
    const shared = begun.get(progression) ?? { key, ahead: 0 };
    begun.set(progression, shared);
    let series = integerSeries(progression, shared.key, shared.ahead);
    // A number that was taken once stays taken.
    while (taken.has(series.at(0)) && shared.ahead < taken.size) {
      shared.ahead += 1;
      series = integerSeries(progression, shared.key, shared.ahead);
    }
    if (taken.has(series.at(0))) series = integerSeries(progression, key, 0);
    taken.add(series.at(0));
    return series;
  });
}

/** Numbers with a fraction, which is exact in binary and never 0. */
function believableReals(name: string, key: number): Series<number> {
  const [, progression] = reals.find(([names]) => names.test(name)) ?? [null, spread(10, 6)];
  const at = numbersOf(progression, key, 0);
  if (progression.kind !== 'within') return distinct((index) => at(index) + 0.5);
  // Some of these are as close to each other as places on a map.
  return repeating(
    (index) => at(index) + ((draw(key + 1, index) & 0x3ff) + 0.5) / 0x400,
    (index) => counted(index) + 0.5,
  );
}

function counted(index: number): number {
  return index + 1;
}

function numbersOf(progression: Progression, key: number, ahead: number): (index: number) => number {
  switch (progression.kind) {
    case 'counted':
      return (index) => counted(index + ahead);
    case 'within': {
      const { min, max } = progression;
      const span = max - min + 1;
      // One number for all rows leaves no other within its bounds.
      if (span === 1) return () => min + ahead;
      return (index) => min + ((draw(key, index) + ahead) % span);
    }
    case 'spread': {
      const { min, bits } = progression;
      const place = shuffle(key, bits);
      const size = 1 << bits;
      return (index) => min + Math.floor((index + ahead) / size) * size + place(index + ahead);
    }
  }
}
