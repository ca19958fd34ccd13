import type { BlobShape } from '../model/column-profile.ts';
import { type Aggregates, count, type Measured } from './aggregates.ts';
import { type LengthTally, toLengths } from './lengths.ts';
import { share } from './round.ts';
import type { Told } from './scope.ts';

const isBlob = `typeof(?) = 'blob'`;

/** The aggregates over a column with blobs. */
export const blobAggregates = {
  empty: count(`${isBlob} AND octet_length(?) = 0`),
  min: `min(octet_length(?)) FILTER (WHERE ${isBlob})`,
  max: `max(octet_length(?)) FILTER (WHERE ${isBlob})`,
  bytes: `sum(octet_length(?)) FILTER (WHERE ${isBlob})`,
  // 8: well-formed all the way down. https://sqlite.org/json1.html#jvalid
  jsonb: count(`${isBlob} AND json_valid(?, 8)`),
} as const satisfies Aggregates;

/** The shape of the blobs of a column. */
export function toBlobShape(
  found: Measured<typeof blobAggregates>,
  lengths: LengthTally,
  { total, told, atLeast }: Told,
): BlobShape {
  return {
    empty: share(found.empty, total, atLeast, told),
    length: toLengths(found, lengths, atLeast),
    jsonb: share(found.jsonb, total, atLeast, told),
  };
}
