import type { Side } from '../../model/dataset.ts';
import type { Picture } from '../../model/picture.ts';
import type { TextRef, TextTable } from './texts.ts';

/** A changed object: its type and name, and its text before and after; null on the side that lacks it. */
export type ObjectData = readonly [type: string, name: TextRef, before: TextRef | null, after: TextRef | null];

/** The picture of a history, as the page draws it. */
export interface PictureData {
  readonly schema: readonly { readonly migration: TextRef; readonly objects: readonly ObjectData[] }[];
  /** A table and a dataset, with the place, the number before and the number after of each change. */
  readonly rows: readonly {
    readonly table: TextRef;
    readonly dataset: number;
    readonly points: readonly (readonly [position: number, before: number | null, after: number | null])[];
  }[];
  readonly tables: readonly {
    readonly name: TextRef;
    readonly columns: readonly (readonly [name: TextRef, type: TextRef, isKey: boolean])[];
    readonly keys: readonly { readonly columns: TextRef; readonly parent: TextRef; readonly action: string }[];
  }[];
}

/** The picture with its texts put into the table of texts. */
export function toPictureData(
  { schema, rows, tables }: Picture,
  sides: readonly Side[],
  texts: TextTable,
): PictureData {
  const textOf = (sql: string | null): TextRef | null => (sql === null ? null : texts.add(sql));
  return {
    schema: schema.map(({ migration, objects }) => ({
      migration: texts.add(migration),
      objects: objects.map(({ type, name, before, after }) => [type, texts.add(name), textOf(before), textOf(after)]),
    })),
    rows: rows.map(({ table, dataset, points }) => ({
      table: texts.add(table),
      dataset: sides.indexOf(dataset),
      points: points.map(({ position, before, after }) => [position, before, after]),
    })),
    tables: tables.map(({ name, columns, foreignKeys }) => ({
      name: texts.add(name),
      columns: columns.map((column) => [texts.add(column.name), texts.add(column.type), column.isKey]),
      keys: foreignKeys.map((key) => ({
        columns: texts.add(key.columns.join(', ')),
        parent: texts.add(key.parent),
        action: key.onDelete,
      })),
    })),
  };
}
