import type { Database } from '../database/connection.ts';
import { readSchema } from '../database/introspect.ts';
import { mustRead } from '../database/reading.ts';
import { type Assumed, countViolators } from '../directives/assumptions.ts';
import { asStep, onDataset } from '../watch/activity.ts';
import type { RehearsalStep } from './rehearsal.ts';

/** Counts the rows that assumptions rule out; an assumption about missing columns says nothing about these rows. */
export function* brokenAssumptions(
  production: Database,
  assumptions: readonly Assumed[],
): Generator<RehearsalStep, void, undefined> {
  if (assumptions.length === 0) return;
  const schema = readSchema(production);
  for (const assumed of assumptions) {
    const query = countViolators(assumed, schema);
    if (query === null) continue;
    const what = `The column ${assumed.table}.${assumed.column}`;
    const count = (): number =>
      mustRead(production, what, () => production.prepare<[], number>(query).pluck().get() ?? 0);
    const rows = onDataset('copy', () => asStep('Asking an assumption', count));
    if (rows > 0) yield { kind: 'assumption', assumed, rows };
  }
}
