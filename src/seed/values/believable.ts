import type { SqlValue } from '../../model/connection.ts';
import type { Column } from '../../model/schema.ts';
import { words } from '../reading/names.ts';
import { contentOf } from './affinity.ts';
import { type Draw, drawFor } from './draw.ts';
import { isMoment, moment } from './moments.ts';
import { believableFlag, believableInteger, believableReal, isFlagName, isQuantityName } from './numbers.ts';
import { believableText } from './texts.ts';

/** The place that a value is made for. */
export interface ValueRequest {
  readonly seed: number;
  readonly table: string;
  readonly column: Column;
  /** 0 for the plain row; another number gives other values of the same kind. */
  readonly variant: number;
}

/** A value, and whether the name or type told it; what was not told is a guess. */
export interface Believable {
  readonly value: SqlValue;
  readonly evident: boolean;
}

/**
 * A value nobody would be surprised to meet in a column, from its name and declared type alone. The same seed number,
 * table, column and variant always give the same value, and every seed number one of the same kind.
 */
export function believable({ seed, table, column, variant }: ValueRequest): Believable {
  const place = variant === 0 ? [table] : [table, String(variant)];
  const draw = drawFor(seed, ...place, column.name);
  const name = words(column.name).join('_');
  const content = contentOf(column.type);
  // The moments of a row share their first day, so that what begins it comes before what ends it.
  if (content === 'moment' || (isMoment(column, name) && content !== 'boolean' && content !== 'bytes'))
    return { value: moment(column, name, drawFor(seed, ...place)), evident: true };
  switch (content) {
    case 'boolean':
      return { value: believableFlag(name), evident: true };
    case 'integer':
      return { value: isFlagName(name) ? believableFlag(name) : believableInteger(name, draw), evident: false };
    case 'real':
      return { value: believableReal(name, draw), evident: false };
    case 'bytes':
      return { value: believableBytes(draw), evident: true };
    case 'anything':
      if (isFlagName(name)) return { value: believableFlag(name), evident: false };
      return isQuantityName(name)
        ? { value: believableInteger(name, draw), evident: false }
        : textValue(name, table, column, draw);
    case 'text':
      return isQuantityName(name)
        ? { value: String(believableInteger(name, draw)), evident: false }
        : textValue(name, table, column, draw);
  }
}

function textValue(name: string, table: string, column: Column, draw: Draw): Believable {
  const { text, evident } = believableText({ name, table: words(table), type: column.type, draw });
  return { value: text, evident };
}

function believableBytes(draw: Draw): Uint8Array {
  return Uint8Array.from({ length: 16 }, () => draw.integer(0, 255));
}
