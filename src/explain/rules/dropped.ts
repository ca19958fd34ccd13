import type { LostPart, PartLoss } from '../../model/comparison.ts';
import type { Finding, FindingPlace } from '../../model/finding.ts';
import { placeOf, type RuleContext, statementOf } from '../context.ts';
import { byStatement, listed, otherStatements } from '../format.ts';

/** The words and facts of a finding about lost parts. */
interface SaidOfParts {
  readonly message: string;
  readonly details: readonly string[];
  readonly facts: { readonly parts: readonly LostPart[] };
}

/** Makes one finding for the whole migration of the parts of one kind that were not created again with their table. */
export function explainParts(
  differences: readonly PartLoss[],
  { migration }: RuleContext,
  tell: (place: FindingPlace, said: SaidOfParts) => Finding,
): Finding[] {
  const parts = byStatement(differences).map(({ kind: _kind, ...lost }) => lost);
  const [first] = parts;
  if (first === undefined) return [];
  return [tell(placeOf(migration, statementOf(migration, first.statement), first.table), withParts(parts))];
}

/** The words of a finding about some parts, by statement. */
export function withParts(parts: readonly LostPart[]): SaidOfParts {
  const firstOfTables = parts.filter((one, i) => parts.findIndex(({ table }) => table === one.table) === i);
  return { message: describe(parts), details: otherStatements(firstOfTables), facts: { parts } };
}

/** The identity of a lost part. */
export function keyOfPart({ table, name }: LostPart): readonly unknown[] {
  return [table, name];
}

/** The objects of a finding about lost parts. */
export function objectsOfParts({ facts }: Pick<SaidOfParts, 'facts'>): readonly unknown[] {
  return facts.parts.map(keyOfPart);
}

/** `visits lost visits_by_day and visits_by_page; loans lost …` */
function describe(parts: readonly LostPart[]): string {
  const byTable = Map.groupBy(parts, ({ table }) => table);
  return [...byTable].map(([table, lost]) => `${table} lost ${listed(lost.map(({ name }) => name))}`).join('; ');
}
