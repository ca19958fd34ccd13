import type { PartLoss } from '../model/comparison.ts';
import type { Migration } from '../model/history.ts';
import type { Index, Table } from '../model/schema.ts';
import { readCollations } from '../sql/collations.ts';
import { readIndexCondition } from '../sql/index-condition.ts';
import { foldName, sameName, unquote } from '../sql/quote.ts';
import { significantTokens } from '../sql/tokens.ts';
import type { RebuiltTable } from './rebuilds.ts';

/** Words in the name of a migration that say it is about what an index holds or how it compares. */
const spoken = ['index', 'indexes', 'idx', 'unique', 'partial', 'collate', 'collation', 'nocase', 'case'];

/**
 * The collations and conditions that an index of the same name and columns has no more once its table was rebuilt. A file that
 * drops the index by name, or whose own name speaks of such things, means it.
 */
export function lostParts({ name, statements }: Migration, { was, is, dropped }: RebuiltTable): PartLoss[] {
  const words = foldName(name).split(/[^a-z0-9]+/);
  if (spoken.some((word) => words.includes(word))) return [];
  return was.indexes.toReversed().flatMap((index): PartLoss[] => {
    const now = is.indexes.find((each) => sameName(each.name, index.name));
    const isMeant = statements.some(
      ({ head }) => head.verb === 'drop-index' && sameName(head.target ?? '', index.name),
    );
    if (index.origin !== 'created' || now === undefined || isMeant || !hasSameColumns(index, now)) return [];
    const made = statements.findLast(({ head, sql }) => head.verb === 'create-index' && makes(sql, index.name));
    const lost = [...lostCollations(index, now, was), ...lostCondition(index, now)];
    const columns = index.columns.filter((column) => column !== null);
    return lost.map((part) => ({
      kind: 'lost-index',
      table: is.name,
      name: `${part} of ${index.name}`,
      columns,
      statement: (made ?? dropped).index,
    }));
  });
}

function hasSameColumns(a: Index, b: Index): boolean {
  return (
    a.columns.length === b.columns.length &&
    a.columns.every((column, i) => foldName(column ?? '') === foldName(b.columns[i] ?? ''))
  );
}

/** Those that the index itself names: one that it has from its column is lost with that of the column. */
function lostCollations(index: Index, now: Index, was: Table): string[] {
  const ofColumns = readCollations(was.sql);
  return index.collations.flatMap((collation, i) => {
    const own = ofColumns.get(foldName(index.columns[i] ?? ''));
    const isKept = collation === 'binary' || collation === own || now.collations[i] === collation;
    return isKept ? [] : [`COLLATE ${collation.toUpperCase()}`];
  });
}

/** Another condition was written on purpose; none is easily forgotten. */
function lostCondition(index: Index, now: Index): string[] {
  const condition = readIndexCondition(index.sql ?? '');
  return condition === null || now.partial ? [] : [`WHERE ${condition}`];
}

function makes(sql: string, index: string): boolean {
  return significantTokens(sql).some(
    ({ kind, text }) => (kind === 'word' || kind === 'name') && sameName(unquote(text), index),
  );
}
