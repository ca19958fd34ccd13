import type { LostPart, PartLoss } from '../../model/comparison.ts';
import type { Finding, Place } from '../../model/finding.ts';
import { placeOf, type RuleContext, statementOf } from '../context.ts';
import { byStatement, listed, otherStatements } from '../words.ts';

/** What a finding of lost parts says. */
interface SaidOfParts {
  readonly message: string;
  readonly details: readonly string[];
  readonly facts: { readonly parts: readonly LostPart[] };
}

/** Makes what was not made anew with its table, of one sort, one finding for the whole migration. */
export function explainParts(
  differences: readonly PartLoss[],
  { migration }: RuleContext,
  tell: (place: Place, said: SaidOfParts) => Finding,
): Finding[] {
  const parts = byStatement(differences).map(({ kind: _kind, ...lost }) => lost);
  const [first] = parts;
  if (first === undefined) return [];
  const firstOfTables = parts.filter((one, i) => parts.findIndex(({ table }) => table === one.table) === i);
  const said = { message: describe(parts), details: otherStatements(firstOfTables), facts: { parts } };
  return [tell(placeOf(migration, statementOf(migration, first.statement), first.table), said)];
}

/** What makes two lost parts of one sort one. */
export function keyOfPart({ table, name }: LostPart): readonly unknown[] {
  return [table, name];
}

/** What a finding of lost parts is about. */
export function objectsOfParts({ facts }: Pick<SaidOfParts, 'facts'>): readonly unknown[] {
  return facts.parts.map(keyOfPart);
}

/** `visits lost visits_by_day and visits_by_page; loans lost …` */
function describe(parts: readonly LostPart[]): string {
  const byTable = Map.groupBy(parts, ({ table }) => table);
  return [...byTable].map(([table, lost]) => `${table} lost ${listed(lost.map(({ name }) => name))}`).join('; ');
}
