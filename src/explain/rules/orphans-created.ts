import type { Difference } from '../../model/comparison.ts';
import type { FindingOf } from '../../model/finding.ts';
import { finding, placeOf, type RuleContext, statementOf } from '../context.ts';
import { codeTopics } from '../topics.ts';
import { counted } from '../words.ts';

/** Rows whose parents the migration took away, or that refer to a table which is not there any more. */
export function orphansCreated(
  difference: Extract<Difference, { kind: 'new-orphans' }>,
  context: RuleContext,
): FindingOf<'orphans-created'> {
  const { table, columns, parent, parentExists, rows } = difference;
  const statement = statementOf(context.migration, difference.statement);
  const have = `${counted(rows, 'row')} of ${table}(${columns.join(', ')}) ${rows === 1 ? 'has' : 'have'}`;
  return finding(codeTopics['orphans-created'], placeOf(context.migration, statement, table), context.side, {
    code: 'orphans-created',
    cause: 'orphans-created',
    message: parentExists ? `${have} no parent in ${parent}` : `${have} a parent table ${parent} that does not exist`,
    details: ['Before the migration all of them had one.'],
    facts: { columns, parent, parentExists, rows },
  });
}
