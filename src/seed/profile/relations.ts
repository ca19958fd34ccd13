import type { ColumnProfile } from '../../model/column-profile.ts';
import type { ForeignKeyProfile, Profile, TableProfile } from '../../model/profile.ts';
import { includesName, sameName } from '../../sql/quote.ts';
import type { Reference } from '../reading/references.ts';

/** A reference with the way that the rows of a profile keep it. */
export interface Relation {
  readonly reference: Reference;
  readonly shape: Pick<ForeignKeyProfile, 'nulls' | 'orphans' | 'missingParents' | 'children' | 'most'>;
}

/**
 * The references of a table that its profile tells of. One that no schema declares is told by the column itself: if its
 * values may all be keys of the parent, each of them is taken for one.
 */
export function relationsOf(references: readonly Reference[], table: TableProfile, profile: Profile): Relation[] {
  return references.flatMap((reference): Relation[] => {
    const declared = table.foreignKeys.find(
      ({ columns, parent }) =>
        sameName(parent, reference.parent.name) &&
        columns.length === reference.columns.length &&
        columns.every((column) => includesName(reference.columns, column)),
    );
    const shape = declared ?? (reference.declared ? undefined : readShape(reference, table, profile));
    return shape === undefined || shape.children === null ? [] : [{ reference, shape }];
  });
}

function readShape(
  { columns, parent, parentColumns }: Reference,
  table: TableProfile,
  profile: Profile,
): Relation['shape'] | undefined {
  const [name = '', more] = columns;
  const parentTable = profile.tables.find((each) => sameName(each.name, parent.name));
  const column = columnOf(table, name);
  const key = columnOf(parentTable, parentColumns[0] ?? '');
  if (more !== undefined || parentTable === undefined || column === undefined || key === undefined) return undefined;
  const { duplicates, storage } = column;
  if (duplicates === null || duplicates.distinct > parentTable.rows || !mayBeKeys(column, key)) return undefined;
  const childless = { from: 0, to: 0, count: parentTable.rows - duplicates.distinct };
  return {
    ...{ nulls: storage.null, orphans: 0, missingParents: 0 },
    children: [...(childless.count > 0 ? [childless] : []), ...duplicates.sizes],
    most: duplicates.largest,
  };
}

function columnOf(table: TableProfile | undefined, name: string): ColumnProfile | undefined {
  return table?.columns.find((column) => sameName(column.name, name));
}

/** Whether values are of the kinds and in the range of a key, as far as bounds tell. */
function mayBeKeys(column: ColumnProfile, key: ColumnProfile): boolean {
  const { numbers, texts, blobs } = column;
  if (column.values !== null || (blobs !== null && key.blobs === null)) return false;
  if (numbers !== null && (key.numbers === null || numbers.min < key.numbers.min || numbers.max > key.numbers.max))
    return false;
  if (texts === null) return true;
  if (key.texts === null) return false;
  const { min, max } = key.texts.length;
  const formats = Object.keys(key.texts.formats);
  return (
    texts.length.min >= min &&
    texts.length.max <= max &&
    Object.keys(texts.formats).every((each) => formats.includes(each))
  );
}
