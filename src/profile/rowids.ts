import type { Database } from '../database/connection.ts';
import type { RowidShape } from '../model/profile.ts';
import type { Table } from '../model/schema.ts';
import { foldName, quoteName } from '../sql/quote.ts';
import { beyond, oneDigit } from './round.ts';

/** Where the rowids of a table lie, and how far its counter is ahead of them. */
export function readRowids(
  db: Database,
  table: Table,
  rows: number,
): { readonly rowids: RowidShape | null; readonly sequenceAhead: number | null } {
  const rowid = nameOfRowid(table);
  if (rowid === null) return { rowids: null, sequenceAhead: null };
  const query = `SELECT (SELECT min(${rowid}) FROM main.${quoteName(table.name)}),
    (SELECT max(${rowid}) FROM main.${quoteName(table.name)})`;
  const [min, max] = db.prepare<[], [number | null, number | null]>(query).raw().get() ?? [];
  const sequence = table.autoincrement ? readSequence(db, table.name) : null;
  return {
    rowids:
      min == null || max == null
        ? null
        : {
            min: beyond(min, 'down', true),
            max: beyond(max, 'up', true),
            gaps: oneDigit(Math.max(0, 1 - rows / (max - min + 1))),
          },
    sequenceAhead: sequence === null ? null : ahead(sequence - (max ?? 0)),
  };
}

function ahead(by: number): number {
  return by <= 0 ? 0 : beyond(by, 'up', true);
}

/** The name that a table's rowid goes by, as SQL, which no column has taken; null when it has none. */
function nameOfRowid({ withoutRowid, rowidAlias, columns }: Table): string | null {
  if (withoutRowid) return null;
  if (rowidAlias !== null) return quoteName(rowidAlias);
  const taken = new Set(columns.map(({ name }) => foldName(name)));
  return ['rowid', '_rowid_', 'oid'].find((name) => !taken.has(name)) ?? null;
}

function readSequence(db: Database, table: string): number | null {
  return (
    db
      .prepare<[string], number>(
        "SELECT max(seq) FROM main.sqlite_sequence WHERE name = ? COLLATE NOCASE AND typeof(seq) = 'integer'",
      )
      .pluck()
      .get(table) ?? null
  );
}
