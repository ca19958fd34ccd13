import type { Difference } from '../model/comparison.ts';
import type { Migration, Statement } from '../model/history.ts';
import type { Applied, Outcome, State } from '../model/outcome.ts';
import type { Lineage } from '../sql/lineage.ts';
import { namesIn } from '../sql/names.ts';
import { foldName, onOneLine, sameName } from '../sql/quote.ts';
import { objectsOfType } from '../sql/tables.ts';

/**
 * Tables that have more rows than before although no statement puts rows into them: triggers do. Rows that the baseline gets
 * as well come with what the migration itself inserts.
 * @param ledger tables, folded, that are nobody's business.
 */
export function findAddedRows(
  { statements }: Migration,
  lineage: Lineage,
  outcome: Applied,
  baseline: Outcome,
  ledger: ReadonlySet<string>,
): Difference[] {
  const { before, after, changes } = outcome;
  const inserted = triggersThatInsert(before, after);
  if (inserted.size === 0) return [];
  // An author who inserts into a view intends the effects of its trigger.
  const isView = (name: string): boolean =>
    objectsOfType(before.schema, 'view').some((view) => sameName(view.name, name));
  if (statements.some(({ head }) => head.verb === 'insert' && head.target !== null && isView(head.target))) return [];
  const tools = namesInPassingTriggers(statements, after);
  return after.schema.tables.flatMap(({ name, kind }): Difference[] => {
    const isOwn = tools.has(foldName(name)) || ledger.has(foldName(name));
    if (kind !== 'table' || !inserted.has(foldName(name)) || isOwn) return [];
    const isFilled = lineage
      .writers(name)
      .some(({ head }) => head.verb === 'insert' || head.verb === 'replace' || head.sources.length > 0);
    if (isFilled) return [];
    const was = lineage.nameAtStart(name, statements.length + 1);
    const lost = changes.find(({ table }) => was !== null && sameName(table, was))?.lost ?? 0;
    const had = grownBy(outcome, name, was) + lost;
    const meant = baseline.status === 'applied' ? grownBy(baseline, name, was) : 0;
    const rows = had - Math.max(0, meant);
    const of = was === null ? 0 : (before.rows.get(was) ?? 0);
    return rows > 0 ? [{ kind: 'more-rows', table: name, rows, of, statement: null }] : [];
  });
}

function grownBy({ before, after }: Applied, now: string, was: string | null): number {
  return (after.rows.get(now) ?? 0) - (was === null ? 0 : (before.rows.get(was) ?? 0));
}

/** The tables, folded, that triggers may put rows into, by the words in their texts. */
function triggersThatInsert(before: State, after: State): ReadonlySet<string> {
  const triggers = [before, after].flatMap(({ schema }) => objectsOfType(schema, 'trigger'));
  const inserting = triggers
    .map(({ sql }) => namesIn(sql ?? ''))
    .filter((names) => names.has('insert') || names.has('replace'));
  return new Set(inserting.flatMap((names) => [...names]));
}

/** The folded names in triggers that a migration makes and drops again: these triggers are its own way to write. */
function namesInPassingTriggers(statements: readonly Statement[], { schema }: State): ReadonlySet<string> {
  const kept = new Set(objectsOfType(schema, 'trigger').map(({ sql }) => onOneLine(sql ?? '')));
  const passing = statements.filter(({ head, sql }) => head.verb === 'create-trigger' && !isKept(sql, kept));
  return new Set(passing.flatMap(({ sql }) => [...namesIn(sql)]));
}

/** SQLite keeps the text from its name on. https://sqlite.org/schematab.html */
function isKept(sql: string, kept: ReadonlySet<string>): boolean {
  const text = onOneLine(sql).replace(/;$/, '').trim();
  return [...kept].some(
    (each) => each === text || each.endsWith(text.replace(/^create\s+trigger\s+(?:if not exists\s+)?/i, '')),
  );
}
