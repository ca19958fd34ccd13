import type { Difference } from '../../model/comparison.ts';
import type { FindingOf, LostRows } from '../../model/finding.ts';
import type { Statement } from '../../model/history.ts';
import { finding, placeOf, type RuleContext, statementOf } from '../context.ts';
import { type LossCause, lossCauses } from '../loss-causes.ts';
import { byStatement, counted, otherStatements } from '../words.ts';

type FewerRows = Extract<Difference, { kind: 'fewer-rows' }>;

/** Tables that have fewer rows than before: by mistake, by what a copy says, or on purpose. One finding for each cause. */
export function rowsLost(differences: readonly FewerRows[], context: RuleContext): FindingOf<'rows-lost'>[] {
  const { migration, side } = context;
  const byCause = Map.groupBy(differences, (loss) => causeOf(loss, statementOf(migration, loss.statement)));
  return [...byCause].flatMap(([cause, unordered]) => {
    const losses = byStatement(unordered);
    const [first] = losses;
    if (first === undefined) return [];
    const tables = losses.map(({ table, before, after, statement }) => ({ table, before, after, statement }));
    return finding(lossCauses[cause], placeOf(migration, statementOf(migration, first.statement), first.table), side, {
      code: 'rows-lost',
      cause,
      message: tables.map(describe).join(', '),
      details: otherStatements(tables),
      facts: { treatment: first.treatment, tables },
    });
  });
}

/** Adds the tables that only another dataset saw losing rows. */
export function mergeLosses(known: FindingOf<'rows-lost'>, other: FindingOf<'rows-lost'>): FindingOf<'rows-lost'> {
  const added = other.facts.tables.filter(({ table }) => !known.facts.tables.some((loss) => loss.table === table));
  const tables = [...known.facts.tables, ...added];
  return {
    ...known,
    message: tables.map(describe).join(', '),
    details: otherStatements(tables),
    facts: { ...known.facts, tables },
  };
}

function describe({ table, before, after }: LostRows): string {
  return `${table} lost ${before - after} of ${counted(before, 'row')}`;
}

function causeOf({ treatment, reach }: FewerRows, statement: Statement | null): LossCause {
  if (treatment !== 'untouched') return treatment;
  if (!reach.cascade) return reach.trigger ? 'trigger-deletes' : 'rows-lost';
  if (statement?.head.verb === 'drop-table') return 'cascade-on-drop';
  return statement?.head.verb === 'delete' || statement?.head.verb === 'replace' ? 'cascade-on-delete' : 'rows-lost';
}
