import { memoized } from '../../memoized.ts';
import type { Column } from '../../model/schema.ts';
import { words } from '../reading/names.ts';
import { contentOf } from './affinity.ts';
import { flagKinds } from './flags.ts';
import type { KindRequest, ValueKind } from './kind.ts';
import { numberKinds } from './numbers.ts';
import { distinct, type Series } from './series.ts';
import { draw, shuffle } from './streams.ts';
import { plainTextKinds } from './texts.ts';
import { timestampKinds } from './timestamps.ts';

/** Sixteen bytes, as of an identifier or a hash. */
const bytes: ValueKind = { names: null, contents: ['bytes'], evident: true, series: believableBytes };

/** Every kind of plain value. The first that a column may hold counts. */
export const valueKinds: readonly ValueKind[] = [
  ...timestampKinds,
  ...flagKinds,
  bytes,
  ...numberKinds,
  ...plainTextKinds,
];

/** The kind that a column holds by its declared type, its name and its default. */
export function kindOf(column: Column): ValueKind {
  return read(column).kind;
}

/** The words of a column's name, joined by `_`. */
export function nameOf(column: Column): string {
  return read(column).name;
}

const read = memoized((column: Column): { readonly name: string; readonly kind: ValueKind } => {
  const name = words(column.name).join('_');
  const content = contentOf(column.type);
  const isOf = ({ names, defaults, contents }: ValueKind): boolean =>
    contents.includes(content) && (names === null || names.test(name) || defaults?.test(column.default ?? '') === true);
  return { name, kind: valueKinds.find(isOf) ?? bytes };
});

function believableBytes({ key }: KindRequest): Series<Uint8Array> {
  const first = shuffle(key, 32);
  return distinct((index) => {
    const made = new Uint8Array(16);
    const view = new DataView(made.buffer);
    view.setUint32(0, first(index));
    for (let n = 1; n < 4; n++) view.setUint32(4 * n, draw(key + n, index));
    return made;
  });
}
