import type { Database } from '../database/connection.ts';
import type { ColumnProfile } from '../model/column-profile.ts';
import type { Column, Table } from '../model/schema.ts';
import { type Aggregates, count, type Measured, measure } from './aggregates.ts';
import { blobAggregates, toBlobShape } from './blobs.ts';
import { countDefaults } from './defaults.ts';
import { countCaseVariants, readDuplicates } from './duplicates.ts';
import { readKeptValues } from './kept.ts';
import { numberAggregates, toNumberShape } from './numbers.ts';
import { coarse, share } from './round.ts';
import { type ColumnTally, tallyRows } from './sample.ts';
import type { Scope, Told } from './scope.ts';
import { startTexts, textAggregates, toTextShape } from './texts.ts';

const storageAggregates = {
  null: count('? IS NULL'),
  integer: count(`typeof(?) = 'integer'`),
  real: count(`typeof(?) = 'real'`),
  text: count(`typeof(?) = 'text'`),
  blob: count(`typeof(?) = 'blob'`),
} as const satisfies Aggregates;

/** Bytes of all values of a column beyond which they are not sorted for duplicates. */
const sortLimit = 256 * 1024 * 1024;

/** The columns of a table: a scan for each kind of value, one that looks at texts, and a sort for each column. */
export function readColumns(
  db: Database,
  table: Table,
  rows: number,
  scope: Scope,
): { readonly columns: ColumnProfile[]; readonly sampled: number | null } {
  const found = scan(db, table);
  const columns = found.filter(({ texts, blobs }) => texts !== undefined || blobs !== undefined);
  const tallies = new Map(columns.map((findings) => [findings.column, startTally(table, findings, scope)]));
  const sampled = tallyRows(db, table.name, { rows, limit: scope.sampleLimit, columns: [...tallies.values()] });
  return {
    columns: found.map((findings) =>
      toProfile(db, { table, rows, sampled, scope }, findings, tallies.get(findings.column)),
    ),
    sampled,
  };
}

/** The results of the scans of one column; undefined without a scan. */
interface Findings {
  readonly column: Column;
  readonly storage: Measured<typeof storageAggregates>;
  readonly defaults: number | undefined;
  readonly numbers: Measured<typeof numberAggregates> | undefined;
  readonly texts: Measured<typeof textAggregates> | undefined;
  readonly blobs: Measured<typeof blobAggregates> | undefined;
}

/** The storage classes are read first, so columns are scanned only for classes that they have. */
function scan(db: Database, { name, columns }: Table): Findings[] {
  const ask = <A extends Aggregates>(of: readonly Column[], aggregatesOf: (column: Column) => A) => {
    const found = measure(
      db,
      name,
      of.map((column) => ({ column: column.name, aggregates: aggregatesOf(column) })),
    );
    return new Map(of.map((column, i) => [column, found[i]]));
  };
  const storages = ask(columns, () => storageAggregates);
  const holding = (...classes: (keyof typeof storageAggregates)[]): Column[] =>
    columns.filter((column) => classes.some((storage) => (storages.get(column)?.[storage] ?? 0) > 0));
  const defaults = countDefaults(db, { name, columns });
  const numbers = ask(holding('integer', 'real'), () => numberAggregates);
  const texts = ask(holding('text'), () => textAggregates);
  const blobs = ask(holding('blob'), () => blobAggregates);
  return columns.map((column) => ({
    column,
    storage: storages.get(column) ?? nothing,
    defaults: defaults.get(column),
    numbers: numbers.get(column),
    texts: texts.get(column),
    blobs: blobs.get(column),
  }));
}

const nothing = { null: 0, integer: 0, real: 0, text: 0, blob: 0 };

function startTally(table: Table, { column, texts }: Findings, { knownKeys, keepsKeys }: Scope): ColumnTally {
  const keepsAll = keepsKeys(table.name, column.name);
  const isKnown = (key: string): boolean => keepsAll || knownKeys.has(key);
  return { column: column.name, texts: startTexts((texts?.documents ?? 0) > 0, isKnown), blobs: new Map() };
}

interface TableScope {
  readonly table: Table;
  readonly rows: number;
  /** How many of them were looked at one by one, or null when all were. */
  readonly sampled: number | null;
  readonly scope: Scope;
}

function toProfile(
  db: Database,
  { table, rows, sampled, scope }: TableScope,
  { column: { name }, storage, defaults, numbers, texts, blobs }: Findings,
  tally: ColumnTally | undefined,
): ColumnProfile {
  const { atLeast } = scope;
  const isTold = (held: number): boolean => held >= atLeast;
  const toldOf = (total: number, of = rows): Told => ({ total, told: coarse(total, of, atLeast), atLeast });
  const numbersHeld = storage.integer + storage.real;
  const bytes = (texts?.bytes ?? 0) + (blobs?.bytes ?? 0);
  // Without a letter of either case there is one spelling.
  const hasCases = texts !== undefined && Math.min(texts.upperCase, texts.lowerCase) > 0 && bytes <= sortLimit;
  return {
    name,
    storage: {
      null: share(storage.null, rows, atLeast),
      integer: share(storage.integer, rows, atLeast),
      real: share(storage.real, rows, atLeast),
      text: share(storage.text, rows, atLeast),
      blob: share(storage.blob, rows, atLeast),
    },
    isDefault: defaults === undefined ? null : share(defaults, rows, atLeast),
    duplicates:
      storage.null === rows || bytes > sortLimit ? null : readDuplicates(db, table.name, [name], { rows, atLeast }),
    caseVariants: hasCases && isTold(storage.text) ? variants(countCaseVariants(db, table.name, name), atLeast) : 0,
    numbers: numbers === undefined || !isTold(numbersHeld) ? null : toNumberShape(numbers, toldOf(numbersHeld)),
    texts:
      texts === undefined || tally === undefined || !isTold(storage.text)
        ? null
        : toTextShape(texts, tally.texts, toldOf(storage.text), toldOf(tally.texts.seen, sampled ?? rows)),
    blobs:
      blobs === undefined || tally === undefined || !isTold(storage.blob)
        ? null
        : toBlobShape(blobs, tally.blobs, toldOf(storage.blob)),
    values: scope.keepsValues(table.name, name)
      ? readKeptValues(db, table.name, name, { filled: rows - storage.null, atLeast })
      : null,
  };
}

/** Each of them stands in two rows at least. */
function variants(found: number, atLeast: number): number {
  return Math.ceil(coarse(found, Number.POSITIVE_INFINITY, Math.ceil(atLeast / 2)));
}

/** A column that the profile does not describe. */
export function untoldColumn(name: string): ColumnProfile {
  const untold = { isDefault: null, duplicates: null, caseVariants: 0, numbers: null, texts: null, blobs: null };
  return { name, storage: { null: 0, integer: 0, real: 0, text: 0, blob: 0 }, ...untold, values: null };
}
