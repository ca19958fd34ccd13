import type { SqlValue } from '../../model/connection.ts';
import type { RowSink } from '../../model/dataset.ts';
import { foldName, sameName } from '../../sql/quote.ts';
import type { CellMaker } from '../grow/cell-makers.ts';
import type { Draw, RowSource } from '../row-source.ts';
import { type LedCell, ledCells } from './led-cells.ts';
import { findFollowings } from './lists.ts';
import type { Keys, ParentChoice } from './parent-choice.ts';
import { plainColumns } from './plain-columns.ts';
import type { Relation } from './relations.ts';
import { parentChoices } from './shape-parents.ts';
import { isUniqueAlone, type TableShape } from './table-shape.ts';

/** Writes some cells of a row: at first all of them, then those that a refusal is about. */
type WriteCells = (draw: Draw, values: SqlValue[]) => void;

/** Makes the source of a table's rows. @param keysOf the keys that a reference can point at */
export function rowsOfShape(shape: TableShape, keysOf: (relation: Relation) => Keys, sink: RowSink): RowSource {
  const { table, layouts, rowids } = shape;
  const choices = parentChoices(shape, keysOf);
  const pointing = new Set(choices.flatMap(({ columns }) => columns.map(foldName)));
  const followings = findFollowings({ table, profile: shape.profile, layouts, links: choices });
  // A column that others follow comes before them.
  const led = [...layouts.keys()].sort((a, b) => Number(followings.has(a)) - Number(followings.has(b)));
  const columns: string[] = [];
  const placeOf = (name: string): number => columns.findIndex((column) => sameName(column, name));
  const plain = plainColumns(shape, pointing, placeOf, sink);
  const numbered = rowids === null ? [] : [table.rowidAlias ?? 'rowid'].filter((name) => !pointing.has(foldName(name)));
  const linked = table.columns.map(({ name }) => name).filter((name) => pointing.has(foldName(name)));
  columns.push(...numbered, ...linked, ...led, ...plain.keys());
  const ranks = new Map<string, number>();
  const cells = led.map((name): [string, LedCell] => {
    const following = followings.get(name) ?? null;
    return [name, ledCells({ name, shape, following, unique: isUniqueAlone(table, name), ranks })];
  });
  const writers = [
    ...numbered.map((name) => writeRowid(shape, name)),
    ...choices.map((choice) => writeParent(choice, choice.columns.map(placeOf))),
    ...cells.map(([name, cell]) => writeLed(name, cell, placeOf(name))),
    ...[...plain].map(([name, maker]) => writePlain(maker, placeOf(name))),
  ];
  return {
    columns,
    write: (draw, values) => {
      for (const write of writers) write(draw, values);
      return 'new';
    },
  };
}

function isOpen({ blamed }: Draw, columns: readonly string[]): boolean {
  return blamed === null || columns.some((column) => blamed.has(column));
}

function writeRowid({ rowids, start }: TableShape, name: string): WriteCells {
  return (draw, values) => {
    // SQLite counts on where a rowid is taken.
    if (draw.blamed === null || draw.blamed.has(name))
      values[0] = draw.attempt > 0 ? null : (rowids?.(start + draw.index) ?? null);
  };
}

function writeParent({ columns, pick }: ParentChoice, places: readonly number[]): WriteCells {
  return (draw, values) => {
    if (!isOpen(draw, columns)) return;
    const target = pick(draw.index, draw.attempt);
    for (let n = 0; n < places.length; n++) values[places[n] ?? 0] = target[n] ?? null;
  };
}

function writeLed(name: string, cell: LedCell, place: number): WriteCells {
  return (draw, values) => {
    if (draw.blamed === null || draw.blamed.has(name)) values[place] = cell(draw.index, draw.attempt);
  };
}

function writePlain(maker: CellMaker, place: number): WriteCells {
  return ({ index, attempt }, values) => {
    values[place] = maker(index, attempt, values);
  };
}
