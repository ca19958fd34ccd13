import type { ColumnProfile } from '../../model/column-profile.ts';
import type { SqlValue } from '../../model/connection.ts';
import type { Column } from '../../model/schema.ts';
import { constantOf } from '../../sql/literals.ts';
import { listedValues } from '../column-values.ts';
import type { ColumnFacts } from '../reading/facts.ts';
import type { RowPlan } from '../row-plan.ts';
import { affinityOf } from '../values/affinity.ts';
import { fitTo, satisfies } from '../values/fit.ts';
import { streamKey } from '../values/streams.ts';
import { apportion } from './apportion.ts';
import { blobParts } from './blobs.ts';
import { type Layout, layOut } from './layout.ts';
import { numberParts } from './number-parts.ts';
import { fixedPart, type KnownValue, leastShare, type Part } from './parts.ts';
import { dealRuns, evenRuns, type Run, scaledRuns } from './runs.ts';
import { textParts } from './text-parts.ts';
import { withPlainShapes } from './untold.ts';

/** A column that is to get the values of its profile. */
export interface LayoutRequest {
  readonly plan: RowPlan;
  readonly column: Column;
  readonly shape: ColumnProfile;
  /** Shares are rounded to multiples of so many rows. */
  readonly atLeast: number;
  /** How many rows the profile is of. */
  readonly before: number;
  /** How many there are to be. */
  readonly rows: number;
}

/** The values for the rows of a column that are not NULL. */
export function layOutColumn(request: LayoutRequest): Layout {
  const { column, shape, before, rows } = request;
  const facts = request.plan.facts(column.name);
  const parts = partsOf(request, facts).map((part) => fitted(part, facts));
  const nulls = column.notNull ? 0 : shape.storage.null;
  const [, ...counts] = apportion(rows, [nulls, ...parts.map(({ share }) => share)]);
  const isUnique = shape.duplicates !== null && shape.duplicates.largest <= 1;
  const asked = parts.map((part, i) => ({ part, rows: counts[i] ?? 0 }));
  const filled = (isUnique ? withinCapacity(asked) : asked)
    .filter((each) => each.rows > 0)
    .sort((a, b) => b.rows - a.rows);
  const variants = shape.caseVariants === 0 ? 0 : Math.max(1, Math.round((shape.caseVariants * rows) / before));
  return layOut(dealGroups(request, filled), variants);
}

/** The most values of a part that cannot have another: 0 and 1. Other capacities are those of short texts. */
const fewest = 2;

/** Rows of a part that has not so many values go to the part with most rows. */
function withinCapacity(asked: readonly { readonly part: Part; readonly rows: number }[]): typeof asked {
  const limitOf = ({ capacity }: Part): number => (capacity <= fewest ? capacity : Number.POSITIVE_INFINITY);
  const largest = asked.toSorted((a, b) => b.rows - a.rows).find(({ part }) => part.capacity > fewest);
  if (largest === undefined) return asked;
  const excess = asked.reduce((sum, { part, rows }) => sum + Math.max(0, rows - limitOf(part)), 0);
  return asked.map((each) => ({
    ...each,
    rows: each === largest ? each.rows + excess : Math.min(each.rows, limitOf(each.part)),
  }));
}

/** Deals the groups of equal values out to parts: a part with one value is a group by itself. */
function dealGroups(
  { shape, before }: LayoutRequest,
  filled: readonly { readonly part: Part; readonly rows: number }[],
): { part: Part; runs: readonly Run[] }[] {
  const present = before * (1 - shape.storage.null);
  const { duplicates } = shape;
  if (duplicates === null) {
    return filled.map(({ part, rows }) => ({ part, runs: evenRuns(rows, part.capacity) }));
  }
  const fixed = filled.filter(({ part }) => part.capacity === 1);
  const free = filled.filter(({ part }) => part.capacity > 1);
  const total = free.reduce((sum, { rows }) => sum + rows, 0);
  const known = fixed.reduce((sum, { part }) => sum + part.share * before, 0);
  const others = Math.max(0, present - known);
  const histogram = { bars: duplicates.sizes, largest: duplicates.largest, rows: others };
  const growth = total / Math.max(1, others);
  // Values that many rows share are a list, which does not grow with its rows.
  const runs = scaledRuns(histogram, total, (size) => (size * size >= present ? 1 : growth));
  const dealt = dealRuns(
    runs,
    free.map(({ part, rows }) => ({ rows, capacity: part.capacity })),
  );
  return [
    ...free.map(({ part }, i) => ({ part, runs: dealt[i] ?? [] })),
    ...fixed.map(({ part, rows }) => ({ part, runs: [{ size: rows, count: 1 }] })),
  ];
}

function partsOf(request: LayoutRequest, facts: ColumnFacts): Part[] {
  const { plan, column, shape, before, atLeast } = request;
  const { storage } = shape;
  const { numbers, texts, blobs } = withPlainShapes(shape);
  const known = knownValues(request);
  const key = streamKey(plan.seed, plan.table.name, column.name, 'profile');
  const { lasting, allowed } = listedValues(column, facts);
  const choices = [...lasting, ...allowed].filter((choice) => !known.some(({ value }) => value === choice));
  const numeric = storage.integer + storage.real;
  // Shares have four digits, and are of multiples of `atLeast` rows.
  const noiseOf = (share: number): number => Math.max(2e-4 * share, (0.9 * atLeast) / before);
  const ofNumbers =
    numbers &&
    numberParts(numbers, {
      ...{ share: numeric, known: known.filter(isNumber), noise: noiseOf(numeric) },
      integers: numeric === 0 ? 0 : storage.integer / numeric,
      keepsReals: affinityOf(column.type) === 'real',
    });
  const ofTexts =
    texts &&
    textParts(texts, {
      ...{ share: storage.text, known: known.filter(isText), noise: noiseOf(storage.text) },
      ...{ key, words: plan.vocabulary.words('nouns') },
    });
  return [
    ...known.map(({ value, share }) => fixedPart(share, value)),
    ...chosen(ofNumbers ?? [], choices, 'number'),
    ...chosen(ofTexts ?? [], choices, 'string'),
    ...(blobs === null ? [] : blobParts(blobs, storage.blob, key)),
  ].filter(({ share }) => share > leastShare);
}

function isNumber(known: KnownValue): known is KnownValue<number> {
  return typeof known.value === 'number';
}

function isText(known: KnownValue): known is KnownValue<string> {
  return typeof known.value === 'string';
}

/** The members of a small set that the profile shows, and the default of the column. */
function knownValues({ column, shape }: LayoutRequest): KnownValue[] {
  const filled = 1 - shape.storage.null;
  const kept = (shape.values?.members ?? []).map(({ value, share }) => ({ value, share: share * filled }));
  const fallback = constantOf(column.default);
  const share = shape.isDefault ?? 0;
  if (share === 0 || (typeof fallback !== 'string' && typeof fallback !== 'number')) return kept;
  // An empty text, a zero and a one are told by the shapes of texts and numbers.
  const isTold = fallback === '' || fallback === 0 || fallback === 1 || kept.some(({ value }) => value === fallback);
  return isTold ? kept : [...kept, { value: fallback, share }];
}

/** Where values come from a list, those that are not known are one part. */
function chosen(parts: readonly Part[], listed: readonly SqlValue[], type: 'number' | 'string'): readonly Part[] {
  const choices = [...new Set(listed.filter((value) => typeof value === type))];
  if (choices.length === 0) return parts;
  const share = parts.reduce((sum, part) => sum + part.share, 0);
  return [{ share, capacity: choices.length, values: () => (group) => choices[group % choices.length] ?? null }];
}

/** Values that CHECKs do not let pass are bent until they do, and stay different. */
function fitted(part: Part, { demanded }: ColumnFacts): Part {
  const conditions = demanded.filter(({ kind }) => kind !== 'null-test');
  if (conditions.length === 0) return part;
  const passes = (value: SqlValue): boolean => conditions.every((condition) => satisfies(value, condition));
  const values: Part['values'] = (groups, first) => {
    const make = part.values(groups, first);
    return (group, place) => {
      const value = make(group, place);
      return passes(value) ? value : fitTo(value, conditions, first + group);
    };
  };
  return { ...part, values };
}
