import type { Difference, LostPart } from '../../model/comparison.ts';
import type { DroppedPart, FindingOf } from '../../model/finding.ts';
import { finding, placeOf, type RuleContext, statementOf } from '../context.ts';
import { byStatement, listed, otherStatements } from '../words.ts';

type Lost = Extract<Difference, { kind: 'lost-part' }>;
type DroppedCode = `${LostPart['part']}-dropped`;

/** Indexes, triggers and constraints that were not made anew with their tables. One finding for each of the three. */
export function partDropped(differences: readonly Lost[], context: RuleContext): FindingOf<DroppedCode>[] {
  const { migration, side } = context;
  return [...Map.groupBy(differences, ({ part }) => part)].flatMap(([part, unordered]) => {
    const parts = byStatement(unordered).map(({ kind: _kind, part: _part, ...lost }) => lost);
    const [first] = parts;
    if (first === undefined) return [];
    const code: DroppedCode = `${part}-dropped`;
    return finding(placeOf(migration, statementOf(migration, first.statement), first.table), side, {
      code,
      cause: code,
      message: describe(parts),
      details: otherStatements(parts.filter((one, i) => parts.findIndex(({ table }) => table === one.table) === i)),
      facts: { parts },
    });
  });
}

/** `visits lost visits_by_day and visits_by_page; loans lost …` */
function describe(parts: readonly DroppedPart[]): string {
  const byTable = Map.groupBy(parts, ({ table }) => table);
  return [...byTable].map(([table, lost]) => `${table} lost ${listed(lost.map(({ name }) => name))}`).join('; ');
}
