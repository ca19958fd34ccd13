import type { BlobShape, ColumnProfile, NumberShape, TextShape } from '../../model/column-profile.ts';

const length = { min: 1, p50: 8, p95: 16, max: 20 };

/** Values that a profile says nothing of are plain. */
const plainNumbers: NumberShape = {
  ...{ min: 1, max: 1000, zero: 0, negative: 0, integral: 1, unsafe: 0 },
  formats: {},
  span: null,
};
const plainTexts: TextShape = {
  ...{ empty: 0, length, nonAscii: 0, upperCase: 0, outerSpace: 0, numeric: 0, leadingZero: 0 },
  formats: {},
  span: null,
  json: null,
};
const plainBlobs: BlobShape = { empty: 0, length, jsonb: 0 };

/**
 * The shapes of a column's values. Where so few rows hold a kind of value that its shape is not told, it is a plain
 * one.
 */
export function withPlainShapes({
  storage: { integer, real, text, blob },
  numbers,
  texts,
  blobs,
}: ColumnProfile): Pick<ColumnProfile, 'numbers' | 'texts' | 'blobs'> {
  const ofNumbers = { ...plainNumbers, integral: integer + real === 0 ? 1 : integer / (integer + real) };
  return {
    numbers: numbers ?? (integer + real > 0 ? ofNumbers : null),
    texts: texts ?? (text > 0 ? plainTexts : null),
    blobs: blobs ?? (blob > 0 ? plainBlobs : null),
  };
}
