import type { Difference } from '../../model/comparison.ts';
import type { FindingOf, UnreadableTable } from '../../model/finding.ts';
import { causeOf as failureCauseOf } from '../causes.ts';
import { finding, placeOf, type RuleContext, shownMessage, statementOf } from '../context.ts';
import { codeTopics } from '../topics.ts';
import { byStatement, counted, otherStatements, shownKeys } from '../words.ts';

type UnreadableRows = Extract<Difference, { kind: 'unreadable-rows' }>;

/** Rows that nobody can read any more. One finding for each cause, which goes by the name that it has where it fails a statement. */
export function rowsUnreadable(
  differences: readonly UnreadableRows[],
  context: RuleContext,
): FindingOf<'rows-unreadable'>[] {
  const { migration, side, showValues } = context;
  const causeOf = ({
    code,
    message,
    harmless,
    table,
    statement,
  }: UnreadableRows): FindingOf<'rows-unreadable'>['cause'] => {
    const failure = { at: 'statement', statement, code, message, harmless } as const;
    return failureCauseOf({ failure, statement: statementOf(migration, statement), table }) ?? 'rows-unreadable';
  };
  return [...Map.groupBy(differences, causeOf)].flatMap(([cause, unordered]) => {
    const tables = byStatement(unordered).map((difference): UnreadableTable => {
      const { table, column, rows, of, code, statement, keys } = difference;
      const message = shownMessage(difference, context);
      const shown = showValues ? keys : { columns: [], rows: [] };
      return { table, column, rows, of, sqliteCode: code, message, statement, keys: shown };
    });
    const [first] = tables;
    if (first === undefined) return [];
    const place = placeOf(migration, statementOf(migration, first.statement), first.table);
    return {
      ...finding(place, side, { code: 'rows-unreadable', cause, ...describeAll(tables), facts: { tables } }),
      title: codeTopics['rows-unreadable'].title,
    };
  });
}

/** Adds the columns that only another dataset saw fail. */
export function mergeUnreadable(
  known: FindingOf<'rows-unreadable'>,
  other: FindingOf<'rows-unreadable'>,
): FindingOf<'rows-unreadable'> {
  const had = known.facts.tables;
  const added = other.facts.tables.filter(
    ({ table, column }) => !had.some((each) => each.table === table && each.column === column),
  );
  const tables = [...had, ...added];
  return { ...known, ...describeAll(tables), facts: { tables } };
}

function describeAll(tables: readonly UnreadableTable[]): { message: string; details: string[] } {
  return {
    message: tables.map(describe).join('; '),
    details: [...tables.flatMap(describeKeys), ...otherStatements(tables)],
  };
}

function describe({ table, column, rows, of, message }: UnreadableTable): string {
  const what = column === null ? table : `${table}.${column}`;
  const where = rows === null || of === null ? '' : ` in ${rows} of ${counted(of, 'row')}`;
  return `${what} cannot be read${where}: ${message}`;
}

function describeKeys({ table, rows, keys }: UnreadableTable): string[] {
  return shownKeys(table, rows ?? keys.rows.length, keys);
}
