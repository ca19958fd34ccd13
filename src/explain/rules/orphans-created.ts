import type { Difference } from '../../model/comparison.ts';
import type { FindingOf } from '../../model/finding.ts';
import { finding, placeOf, type RuleContext, statementOf } from '../context.ts';
import { orphanCauses } from '../orphan-causes.ts';
import { counted } from '../words.ts';

/** Rows whose parents the migration took away, whose key it declares, or whose parent table is not there any more. */
export function orphansCreated(
  difference: Extract<Difference, { kind: 'new-orphans' }>,
  context: RuleContext,
): FindingOf<'orphans-created'> {
  const { table, columns, parent, parentExists, declaredBefore, rows } = difference;
  const statement = statementOf(context.migration, difference.statement);
  const have = `${counted(rows, 'row')} of ${table}(${columns.join(', ')}) ${rows === 1 ? 'has' : 'have'}`;
  const cause = parentExists ? (declaredBefore ? 'orphans-created' : 'key-meets-orphans') : 'parent-gone';
  return finding(orphanCauses[cause], placeOf(context.migration, statement, table), context.side, {
    code: 'orphans-created',
    cause,
    message: parentExists
      ? `${have} no parent in ${parent}`
      : `${have} a key to the table ${parent}, which does not exist`,
    details: [],
    facts: { columns, parent, parentExists, rows },
  });
}
