import type { Database } from '../database/connection.ts';
import type { ColumnProfile } from '../model/column-profile.ts';
import type { Column, Table } from '../model/schema.ts';
import { type Aggregates, type Measured, measure, named } from './aggregates.ts';
import { blobAggregates, toBlobShape } from './blobs.ts';
import { type Classes, isInOrder, noClasses, readClasses, type Storage } from './classes.ts';
import { countDefaults } from './defaults.ts';
import { countCaseVariants, type GroupSizes, hasLowerCase, readDuplicates, uniqueGroups } from './duplicates.ts';
import { readKeptValues } from './kept.ts';
import { completeNumbers, type numberAggregates, numbersToAsk, soughtNumbers, toNumberShape } from './numbers.ts';
import { coarse, share } from './round.ts';
import { type ColumnTally, tallyRows } from './sample.ts';
import type { ProfileScope, Told } from './scope.ts';
import { sharedByTexts, startTexts, textAggregates, textsToAsk, toTextShape } from './texts.ts';
import { isUnique } from './unique.ts';

/** Bytes of all values of a column beyond which they are not sorted for duplicates. */
const sortLimit = 256 * 1024 * 1024;

/** The columns of a table: a scan for the classes of values, one for all that they need, one that looks at texts, and a sort for each column. */
export function readColumns(
  db: Database,
  table: Table,
  rows: number,
  scope: ProfileScope,
  groupsOf: (column: string) => GroupSizes | null,
): { readonly columns: ColumnProfile[]; readonly sampled: number | null } {
  const found = scan(db, table, rows);
  const columns = found.filter(({ texts, blobs }) => texts !== undefined || blobs !== undefined);
  const tallies = new Map(columns.map((findings) => [findings.column, startTally(table, findings, scope)]));
  const sampled = tallyRows(db, table, { rows, limit: scope.sampleLimit, columns: [...tallies.values()] });
  return {
    columns: found.map((findings) =>
      toProfile(db, { table, rows, sampled, scope, groupsOf }, findings, tallies.get(findings.column)),
    ),
    sampled,
  };
}

/** The results of the scans of one column; undefined without a scan. */
interface Findings {
  readonly column: Column;
  readonly storage: Storage;
  readonly defaults: number | undefined;
  readonly numbers: Measured<typeof numberAggregates> | undefined;
  readonly texts: Measured<typeof textAggregates> | undefined;
  readonly blobs: Measured<typeof blobAggregates> | undefined;
}

/** The storage classes are read first, so columns are scanned only for classes that they have, all of them in one scan. */
function scan(db: Database, table: Table, rows: number): Findings[] {
  const classes = readClasses(db, table, rows);
  const defaults = countDefaults(db, table);
  const all = table.columns.map((column) => ({ column, own: classes.get(column) ?? noClasses }));
  const found = measure(
    db,
    table.name,
    all.map(({ column, own }) => {
      const shared = sharedByTexts(own);
      return {
        ...{ column: column.name, aggregates: aggregatesOf(own, isInOrder(table, column.name)) },
        ...(shared !== null && { shared, isCostly: own.texts?.mayBeDocuments === true }),
      };
    }),
  );
  return all.map(({ column, own }, i) => {
    const { storage } = own;
    const of = (group: string): Record<string, number> => numbersOf(found[i] ?? {}, group);
    return {
      ...{ column, storage, defaults: defaults.get(column) },
      numbers: storage.integer + storage.real > 0 ? completeNumbers(own, of('numbers')) : undefined,
      texts: storage.text > 0 ? named(textAggregates, of('texts')) : undefined,
      blobs: storage.blob > 0 ? named(blobAggregates, of('blobs')) : undefined,
    };
  });
}

/** The aggregates that the classes of a column leave to ask, under names with the class in front. */
function aggregatesOf(own: Classes, isSorted: boolean): Aggregates {
  const { integer, real, text, blob } = own.storage;
  const asked = numbersToAsk(own);
  const sought = own.bounds !== null && isSorted ? Object.entries(soughtNumbers) : [];
  const numbers = { ...asked, ...Object.fromEntries(sought.filter(([key]) => key in asked)) };
  return {
    ...(integer + real > 0 && prefixed('numbers', numbers)),
    ...(text > 0 && prefixed('texts', textsToAsk(own))),
    ...(blob > 0 && prefixed('blobs', blobAggregates)),
  };
}

function prefixed(group: string, aggregates: Readonly<Record<string, string | undefined>>): Aggregates {
  const entries = Object.entries(aggregates).flatMap(([name, sql]) =>
    sql === undefined ? [] : [[`${group}.${name}`, sql] as const],
  );
  return Object.fromEntries(entries);
}

function numbersOf(found: Readonly<Record<string, number>>, group: string): Record<string, number> {
  const own = Object.entries(found).filter(([name]) => name.startsWith(`${group}.`));
  return Object.fromEntries(own.map(([name, number]) => [name.slice(group.length + 1), number]));
}

function startTally(table: Table, { column, texts }: Findings, { knownKeys, keepsKeys }: ProfileScope): ColumnTally {
  const keepsAll = keepsKeys(table.name, column.name);
  const isKnown = (key: string): boolean => keepsAll || knownKeys.has(key);
  return { column: column.name, texts: startTexts((texts?.documents ?? 0) > 0, isKnown), blobs: new Map() };
}

interface TableScope {
  readonly table: Table;
  readonly rows: number;
  /** The number of them that were read one by one, or null when all were. */
  readonly sampled: number | null;
  readonly scope: ProfileScope;
  /** The groups of equal values of a column where they are known. */
  readonly groupsOf: (column: string) => GroupSizes | null;
}

function toProfile(
  db: Database,
  { table, rows, sampled, scope, groupsOf }: TableScope,
  { column: { name }, storage, defaults, numbers, texts, blobs }: Findings,
  tally: ColumnTally | undefined,
): ColumnProfile {
  const { atLeast } = scope;
  const isTold = (held: number): boolean => held >= atLeast;
  const toldOf = (total: number, of = rows): Told => ({ total, told: coarse(total, of, atLeast), atLeast });
  const numbersHeld = storage.integer + storage.real;
  const bytes = (texts?.bytes ?? 0) + (blobs?.bytes ?? 0);
  return {
    name,
    storage: sharesOf(storage, rows, atLeast),
    isDefault: defaults === undefined ? null : share(defaults, rows, atLeast),
    duplicates:
      storage.null === rows || bytes > sortLimit
        ? null
        : readDuplicates(db, table.name, [name], {
            ...{ rows, atLeast },
            known: knownGroups(table, name, rows - storage.null, groupsOf),
          }),
    caseVariants:
      bytes <= sortLimit && isTold(storage.text) ? variantsOf(db, table.name, name, texts?.upperCase ?? 0, atLeast) : 0,
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

/** The groups of equal values of a column that need no sort; null where a sort has to tell. */
function knownGroups(
  table: Table,
  column: string,
  filled: number,
  groupsOf: (column: string) => GroupSizes | null,
): GroupSizes | null {
  if (isUnique(table, [column])) return uniqueGroups(filled);
  const groups = groupsOf(column);
  const held = groups?.reduce((sum, [size, count]) => sum + size * count, 0);
  // A value may equal several parents, where these have no type.
  return held === filled ? groups : null;
}

function sharesOf({ null: none, integer, real, text, blob }: Storage, rows: number, atLeast: number): Storage {
  const part = (count: number): number => share(count, rows, atLeast);
  return { null: part(none), integer: part(integer), real: part(real), text: part(text), blob: part(blob) };
}

/** The texts with more than one spelling. Without a letter of either case there is one, and each stands in two rows at least. */
function variantsOf(db: Database, table: string, column: string, upperCase: number, atLeast: number): number {
  if (upperCase === 0 || !hasLowerCase(db, table, column)) return 0;
  return Math.ceil(coarse(countCaseVariants(db, table, column), Number.POSITIVE_INFINITY, Math.ceil(atLeast / 2)));
}

/** A column that the profile does not describe. */
export function untoldColumn(name: string): ColumnProfile {
  const untold = { isDefault: null, duplicates: null, caseVariants: 0, numbers: null, texts: null, blobs: null };
  return { name, storage: { null: 0, integer: 0, real: 0, text: 0, blob: 0 }, ...untold, values: null };
}
