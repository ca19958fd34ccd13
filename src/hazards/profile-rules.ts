import type { ColumnProfile, NumberShape, TextShape } from '../model/column-profile.ts';
import type { ProfileRule } from './sort.ts';

/** A rule for each column of a hazard: it takes one awkward value to make it. */
export function each(isNowhere: (column: ColumnProfile) => boolean): ProfileRule {
  return (columns) => columns.every(isNowhere);
}

/** The same for what is found by looking at texts one by one, which is done for a sample of large tables. */
export function looked(isNowhere: (texts: TextShape) => boolean): ProfileRule {
  return (columns, { sampled }) =>
    columns.every((column) => ofTexts(column, (texts) => sampled === null && isNowhere(texts)));
}

/** Of texts that are not there nothing is true; of some that are not told of, nothing is known. */
export function ofTexts({ texts, storage }: ColumnProfile, isNowhere: (texts: TextShape) => boolean): boolean {
  return texts === null ? storage.text === 0 : isNowhere(texts);
}

/** As `ofTexts`, for numbers. */
export function ofNumbers({ numbers, storage }: ColumnProfile, isNowhere: (numbers: NumberShape) => boolean): boolean {
  return numbers === null ? storage.integer + storage.real === 0 : isNowhere(numbers);
}
