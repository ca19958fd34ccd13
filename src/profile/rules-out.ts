import type { ColumnProfile, NumberShape, TextShape } from '../model/column-profile.ts';
import type { HazardKind, HazardLabel } from '../model/hazard.ts';
import type { Profile, TableProfile } from '../model/profile.ts';
import { sameName } from '../sql/quote.ts';

/**
 * Whether a profile shows that production has no such row. What it does not know, as a column that is newer, or counts
 * only in a sample, it does not rule out.
 */
export function rulesOut({ tables }: Profile, { kind, table: name, columns: names }: HazardLabel): boolean {
  const table = tables.find((candidate) => sameName(candidate.name, name));
  const rule = rules[kind];
  if (table === undefined || rule === undefined) return false;
  if (table.tiny) return false;
  if (table.rows === 0) return true;
  const columns = table.columns.filter((column) => names.some((each) => sameName(each, column.name)));
  return columns.length > 0 && columns.length === names.length && rule(columns, table);
}

type Rule = (columns: readonly ColumnProfile[], table: TableProfile) => boolean;

/** A rule for each column of a hazard: it takes one awkward value to make it. */
function each(isNowhere: (column: ColumnProfile) => boolean): Rule {
  return (columns) => columns.every(isNowhere);
}

/** The same for what is found by looking at texts one by one, which is done for a sample of large tables. */
function looked(isNowhere: (texts: TextShape) => boolean): Rule {
  return (columns, { sampled }) =>
    columns.every((column) => ofTexts(column, (texts) => sampled === null && isNowhere(texts)));
}

/** Of texts that are not there nothing is true; of some that are not told of, nothing is known. */
function ofTexts({ texts, storage }: ColumnProfile, isNowhere: (texts: TextShape) => boolean): boolean {
  return texts === null ? storage.text === 0 : isNowhere(texts);
}

function ofNumbers({ numbers, storage }: ColumnProfile, isNowhere: (numbers: NumberShape) => boolean): boolean {
  return numbers === null ? storage.integer + storage.real === 0 : isNowhere(numbers);
}

const rules: Readonly<Partial<Record<HazardKind, Rule>>> = {
  null: each(({ storage }) => storage.null === 0),
  // Rows that are equal in several columns are equal in each.
  duplicate: (columns, { keys }) =>
    columns.some(({ duplicates }) => duplicates !== null && duplicates.largest <= 1) ||
    keys.some(
      (key) =>
        key.duplicates !== null &&
        key.duplicates.largest <= 1 &&
        key.columns.every((name) => columns.some((column) => sameName(column.name, name))),
    ),
  orphan: (columns, { foreignKeys }) =>
    foreignKeys.some(
      (key) =>
        key.orphans === 0 &&
        key.columns.length === columns.length &&
        key.columns.every((name) => columns.some((column) => sameName(column.name, name))),
    ),
  'many-children': (columns, { foreignKeys }) =>
    foreignKeys.some(
      (key) => key.most <= 1 && key.columns.every((name) => columns.some((column) => sameName(column.name, name))),
    ),
  'malformed-json': each((column) => ofTexts(column, ({ json }) => json !== null && json.valid === 1)),
  'text-in-number': each(({ storage }) => storage.text === 0),
  'case-variant': each((column) => column.caseVariants === 0 && ofTexts(column, () => true)),
  'empty-text': each((column) => ofTexts(column, ({ empty }) => empty === 0)),
  'padded-text': looked(({ outerSpace }) => outerSpace === 0),
  'leading-zeros': looked(({ leadingZero }) => leadingZero === 0),
  'unicode-text': looked(({ nonAscii }) => nonAscii === 0),
  zero: each((column) => ofNumbers(column, ({ zero }) => zero === 0)),
  negative: each((column) => ofNumbers(column, ({ negative }) => negative === 0)),
  'big-integer': each((column) => ofNumbers(column, ({ unsafe }) => unsafe === 0)),
};
