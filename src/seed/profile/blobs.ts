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
    ...(empty > 0 ? [fixedPart(empty, new Uint8Array(0))] : []),
    ...bytesPart(documents, ofDocuments, (number, length) =>
      jsonb(bytes(key, number, Math.max(length - (length > 12 ? 6 : 4), 4), 0x61)),
    ),
    // No element of JSONB has the type 15. https://sqlite.org/jsonb.html
    ...bytesPart(others, ofOthers, (number, length) => bytes(key, number, Math.max(1, length), 0xff)),
  ];
}

function bytesPart(
  share: number,
  lengths: KindLengths = { at: () => 16, alone: 16 },
  make: (number: number, length: number) => Uint8Array,
): Part[] {
  if (share < 1e-9) return [];
  const values: Part['values'] = (groups, first) => (group, place) =>
    make(first + group, groups === 1 ? lengths.alone : lengths.at(place));
  return [{ share, capacity: Number.POSITIVE_INFINITY, values }];
}

/** Bytes that begin with `lead` and the number, in digits where they are to be a text. */
function bytes(key: number, number: number, length: number, lead: number): Uint8Array {
  const isText = lead < 0x80;
  const made = new Uint8Array(length);
  let left = number;
  for (let i = 1; i < length; i++) {
    const byte = i < 7 ? left % 26 : draw(key + i, number) % 26;
    if (i < 7) left = Math.floor(left / 26);
    made[i] = isText ? 0x61 + byte : byte;
  }
  made[0] = lead;
  return made;
}

/** An object with one text, `{"k": …}`. https://sqlite.org/jsonb.html#the_jsonb_format */
function jsonb(text: Uint8Array): Uint8Array {
  const key = Uint8Array.of(0x17, 0x6b);
  const value = element(0x7, text);
  const content = new Uint8Array(key.length + value.length);
  content.set(key);
  content.set(value, key.length);
  return element(0xc, content);
}

function element(type: number, payload: Uint8Array): Uint8Array {
  const size = payload.length;
  const head =
    size < 12
      ? [(size << 4) | type]
      : size < 0x100
        ? [0xc0 | type, size]
        : size < 0x1_0000
          ? [0xd0 | type, size >> 8, size & 0xff]
          : [0xe0 | type, size >>> 24, (size >> 16) & 0xff, (size >> 8) & 0xff, size & 0xff];
  const whole = new Uint8Array(head.length + size);
  whole.set(head);
  whole.set(payload, head.length);
  return whole;
}
