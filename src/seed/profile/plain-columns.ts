import type { RowSink } from '../../model/dataset.ts';
import { sameName } from '../../sql/quote.ts';
import { type CellMaker, cellMaker } from '../grow/cell-makers.ts';
import { isUniqueAlone, type TableShape } from './table-shape.ts';

/** Columns that the profile does not know get plain values, where nothing else would. */
export function plainColumns(
  { table, plan, profile }: TableShape,
  pointing: ReadonlySet<string>,
  placeOf: (name: string) => number,
  sink: RowSink,
): Map<string, CellMaker> {
  const makers = new Map<string, CellMaker>();
  for (const column of table.columns) {
    const { name } = column;
    const isKnown = profile.columns.some((each) => sameName(each.name, name)) || pointing.has(name);
    if (isKnown || column.generated !== 'no' || !column.notNull || column.default !== null) continue;
    const values = plan.valuesOf(column);
    const target = plan.references.find(({ columns }) => columns.length === 1 && columns[0] === name);
    const [key] = target === undefined ? [] : sink.rows(target.parent.name, target.parentColumns, 1);
    const template = key?.[0] ?? values.plain(0, plan.valueNamed);
    const distinct = isUniqueAlone(table, name);
    const maker =
      key === undefined
        ? cellMaker({ plan, values, template, settled: false, distinct, placeOf })
        : () => template ?? null;
    makers.set(name, maker ?? (() => template ?? null));
  }
  return makers;
}
