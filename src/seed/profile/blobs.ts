import type { BlobShape } from '../../model/column-profile.ts';
import { draw } from '../values/streams.ts';
import { dealLengths, type KindLengths } from './lengths.ts';
import { fixedPart, type Part } from './parts.ts';

/** The parts of a column's blobs, whose share of all rows is `share`. */
export function blobParts(shape: BlobShape, share: number, key: number): Part[] {
  const [empty, documents] = [shape.empty * share, shape.jsonb * share];
  const others = Math.max(0, share - empty - documents);
  const [ofDocuments, ofOthers] = dealLengths(shape.length, [
    { share: documents, length: null },
    { share: others, length: null },
    { share: empty, length: 0 },
  ]);
  return [
    fixedPart(empty, new Uint8Array(0)),
    bytesPart(documents, ofDocuments, (number, length) => jsonb(textBytes(number, length - 5))),
    // No element of JSONB has the type 15. https://sqlite.org/jsonb.html
    bytesPart(others, ofOthers, (number, length) => {
      const bytes = Uint8Array.from({ length: Math.max(1, length) }, (_, i) => draw(key + i, number) & 0xff);
      bytes.set([0xff, number & 0xff, (number >> 8) & 0xff, number >> 16].slice(0, bytes.length));
      return bytes;
    }),
  ];
}

function bytesPart(
  share: number,
  lengths: KindLengths = { at: () => 16, alone: 16 },
  make: (number: number, length: number) => Uint8Array,
): Part {
  const values: Part['values'] = (groups, first) => (group, place) =>
    make(first + group, groups === 1 ? lengths.alone : lengths.at(place));
  return { share, capacity: Number.POSITIVE_INFINITY, values };
}

/** The digits of a number among letters, as bytes. */
function textBytes(number: number, length: number): Uint8Array {
  return Buffer.from(`a${number.toString(36)}`.padEnd(length, 'x'));
}

/** An object with one text, `{"k": …}`. https://sqlite.org/jsonb.html#the_jsonb_format */
function jsonb(text: Uint8Array): Uint8Array {
  return element(0xc, Uint8Array.of(0x17, 0x6b), element(0x7, text));
}

function element(type: number, ...payload: readonly Uint8Array[]): Uint8Array {
  const size = payload.reduce((sum, { length }) => sum + length, 0);
  const head =
    size < 12
      ? [(size << 4) | type]
      : size < 0x100
        ? [0xc0 | type, size]
        : [0xe0 | type, size >>> 24, (size >> 16) & 0xff, (size >> 8) & 0xff, size & 0xff];
  return Buffer.concat([Uint8Array.from(head), ...payload]);
}
