import type { Statement } from '../../model/history.ts';
import { readUpdate } from '../../sql/assignments.ts';
import { readCondition } from '../../sql/change-parts.ts';
import { readConditions } from '../../sql/conditions.ts';
import { type Constant, constantIn, readParts } from '../../sql/parts.ts';
import { sameName } from '../../sql/quote.ts';

/** A value of a column that becomes another one. */
export interface Renaming {
  readonly column: string;
  readonly from: Constant;
  readonly to: Constant;
}

/** Reads the constants that an UPDATE puts in the place of one that it looks for: `SET key = 'new' WHERE key = 'old'`. */
export function readRenamings({ sql, head }: Statement): Renaming[] {
  if (head.verb !== 'update') return [];
  const sought = readConditions(readCondition(sql) ?? '');
  return readUpdate(sql).assignments.flatMap(({ column, text }): Renaming[] => {
    const to = constantIn(text ?? '');
    const [from, ...others] = sought.flatMap((reading) =>
      sameName(reading.column, column) && reading.condition.kind === 'one-of' ? reading.condition.values : [],
    );
    return to === null || from === undefined || others.length > 0 ? [] : [{ column, from, to }];
  });
}

/** A number that an UPDATE moves by a few in every row that it meets: `SET place = place + 1`. */
export interface Shift {
  readonly column: string;
  readonly by: number;
}

/** A key that is moved further than that is moved out of the way, and meets nothing. */
const farthest = 10;

/** Reads the columns that an UPDATE moves by a constant. */
export function readShifts({ sql, head }: Statement): Shift[] {
  if (head.verb !== 'update') return [];
  return readUpdate(sql).assignments.flatMap(({ column, text }): Shift[] => {
    const [own, sign, amount, more] = readParts(text ?? '');
    const by = amount?.constant;
    if (own?.name == null || !sameName(own.name, column) || more !== undefined) return [];
    if (typeof by !== 'number' || by === 0 || Math.abs(by) > farthest) return [];
    return sign?.key === '+' || sign?.key === '-' ? [{ column, by: sign.key === '+' ? by : -by }] : [];
  });
}
