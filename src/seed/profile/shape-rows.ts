import type { RowSink } from '../../model/dataset.ts';
import { sameName } from '../../sql/quote.ts';
import type { RowSource } from '../row-source.ts';
import { findFollowings } from './followings.ts';
import { linksOf, type ParentKeys } from './links.ts';
import { plainColumns } from './plain-columns.ts';
import type { Relation } from './relations.ts';
import type { TableShape } from './table-shape.ts';
import { type Cells, columnTrack } from './track.ts';

/** Makes the source of a table's rows. @param keysOf the keys that a reference can point at */
export function rowsOfShape(shape: TableShape, keysOf: (relation: Relation) => ParentKeys, sink: RowSink): RowSource {
  const links = linksOf(shape, keysOf);
  const pointing = new Set(links.flatMap((link) => link.columns));
  const tracks = [...shape.layouts.keys()].flatMap(
    (name) => columnTrack(shape, name, () => followings.get(name)) ?? [],
  );
  const followings = findFollowings(shape, links, tracks);
  const cells: readonly Cells[] = [...rowidCells(shape, pointing), ...links, ...tracks];
  const columns = [...new Set(cells.flatMap((each) => each.columns))];
  const placed = cells.map((each) => ({ ...each, places: each.columns.map((name) => columns.indexOf(name)) }));
  const placeOf = (name: string): number => columns.findIndex((column) => sameName(column, name));
  const plain = [...plainColumns(shape, pointing, placeOf, sink)];
  const first = columns.length;
  columns.push(...plain.map(([name]) => name));
  return {
    columns,
    write: ({ index, attempt, blamed }, row) => {
      for (const { columns: own, places, write } of placed)
        if (blamed === null || own.some((column) => blamed.has(column))) write(index, attempt, row, places);
      for (const [n, [, make]] of plain.entries()) row[first + n] = make(index, attempt, row);
      return 'new';
    },
  };
}

function rowidCells({ table, rowids, start }: TableShape, pointing: ReadonlySet<string>): Cells[] {
  const name = table.rowidAlias ?? 'rowid';
  if (rowids === null || pointing.has(name)) return [];
  // SQLite counts on where a rowid is taken.
  const write: Cells['write'] = (index, attempt, row, [place = 0]) => {
    row[place] = attempt > 0 ? null : rowids(start + index);
  };
  return [{ columns: [name], write }];
}
