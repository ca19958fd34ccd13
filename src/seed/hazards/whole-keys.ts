import type { Statement } from '../../model/history.ts';
import type { Table } from '../../model/schema.ts';
import { readLineage } from '../../sql/lineage.ts';
import { sameName } from '../../sql/quote.ts';
import type { HazardRequest } from './request.ts';

/** The keys of a table that are whole, and so hold for every row. */
export function wholeKeysOf({ indexes, rowidAlias }: Table): string[][] {
  const whole = indexes.filter(({ unique, partial, columns }) => unique && !partial && !columns.includes(null));
  return [
    ...(rowidAlias === null ? [] : [[rowidAlias]]),
    ...whole.map(({ columns }) => columns.flatMap((name) => name ?? [])),
  ];
}

/** The statements of the step that write a table, whatever it is called when they run. */
export function statementsOn({ migration, table }: HazardRequest): Statement[] {
  const { nameAtStart } = readLineage(migration);
  return migration.statements.filter(
    ({ head: { target }, index }) => target !== null && sameName(nameAtStart(target, index) ?? '', table.name),
  );
}

/** The columns that an INSERT without a list writes. */
export function insertedNames({ columns }: Table): string[] {
  return columns.filter(({ generated }) => generated === 'no').map(({ name }) => name);
}
