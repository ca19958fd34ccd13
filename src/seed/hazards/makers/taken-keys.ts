import { isChosen } from '../../../hazards/names.ts';
import type { Hazard } from '../../../model/hazard.ts';
import type { Statement } from '../../../model/history.ts';
import type { Table } from '../../../model/schema.ts';
import { type WrittenRow, writtenRows } from '../../../sql/literal-rows.ts';
import { sameName } from '../../../sql/quote.ts';
import { columnNamed } from '../../../sql/tables.ts';
import { readWords } from '../../../sql/words.ts';

import { takes } from '../../values/affinity.ts';
import { hazardOf } from '../hazard-of.ts';
import type { HazardRequest } from '../request.ts';
import { insertedNames, statementsOn, wholeKeysOf } from '../whole-keys.ts';

/** How many keys of one statement get a row. */
const limit = 12;

/**
 * Rows that have a key already which the migration is about to write: where nobody wrote rows of the table out
 * before, they are the users' own, who count from 1 and choose names that others choose too. A value that only code
 * chooses, as the name of a setting, nobody has before the code.
 */
export function hazardsOfWrittenKeys(request: HazardRequest): Hazard[] {
  const { table, isOwn, host, withChildren } = request;
  if (isOwn(table.name)) return [];
  const keys = wholeKeysOf(table).filter((key) => key.some((name) => name === table.rowidAlias || isChosen(name)));
  return statementsOn(request).flatMap((statement): Hazard[] => {
    if (statement.head.verb === 'update') return [];
    const { index } = statement;
    const written = writtenRows(statement, insertedNames(table)).slice(0, limit);
    return keys.flatMap((key): Hazard[] => {
      const values = written.flatMap((row) => valuesOf(key, row, table));
      const rows = values.flatMap((awkward, i) => {
        const taken = host({ table, label: `taken ${index} ${key.join()} ${i}`, values: awkward });
        // A row that is replaced takes its children along.
        return withChildren(taken, `taken ${index} ${i}`, true) ?? [];
      });
      const told = values.map((value) => key.flatMap((name) => value.get(name) ?? []));
      // A row that is there by one key may end a statement that forgives it before it comes to the other key.
      const apart = isForgiving(statement) ? ({ apart: true } as const) : {};
      return hazardOf('taken-key', { table: table.name, key, values: told }, rows, apart);
    });
  });
}

/** Whether an INSERT leaves out or changes the row that it meets at one key. */
function isForgiving({ sql }: Statement): boolean {
  return readWords(sql).some(({ key, depth }) => depth === 0 && key === 'CONFLICT');
}

function valuesOf(key: readonly string[], row: WrittenRow, table: Table): ReadonlyMap<string, string | number>[] {
  const values = new Map<string, string | number>();
  for (const name of key) {
    const value = [...row].find(([column]) => sameName(column, name))?.[1];
    if (value === undefined || !takes(columnNamed(table, name)?.type ?? '', value)) return [];
    values.set(name, value);
  }
  return [values];
}
