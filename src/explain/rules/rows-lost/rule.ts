import type { LostRows } from '../../../model/facts.ts';
import type { FindingOf, LossCause } from '../../../model/finding.ts';
import type { Narrowing, Statement } from '../../../model/history.ts';
import { finding, placeOf, type RuleContext, statementOf } from '../../context.ts';
import { byDataset, byStatement, counted, listed, otherStatements, seenOn, sumOf } from '../../format.ts';
import type { OfKind, Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';
import { lossCauses } from './causes.ts';

type FewerRows = OfKind<'fewer-rows'>;

/**
 * Tables that have lost rows: by mistake, by the text of a copy, or on purpose. One finding per cause; a loss on
 * purpose is an error beyond the share that the project allows.
 */
function rowsLost(differences: readonly FewerRows[], context: RuleContext): FindingOf<'rows-lost'>[] {
  const { migration, side } = context;
  const losses = differences.map((loss) => {
    const cause = causeOf(loss, statementOf(migration, loss.statement));
    return { ...loss, cause, limit: isBeyond(loss, cause, context.maxDeleted) ? context.maxDeleted : null };
  });
  return [...Map.groupBy(losses, ({ cause, limit }) => `${cause} ${limit}`).values()].flatMap((unordered) => {
    const alike = byStatement(unordered);
    const [first] = alike;
    if (first === undefined) return [];
    const { cause, limit, treatment } = first;
    const topic = topicOf(cause, statementOf(migration, first.statement));
    const tables = alike.map(({ table, before, after, statement }) => ({ table, before, after, statement }));
    return finding(placeOf(migration, statementOf(migration, first.statement), first.table), side, {
      code: 'rows-lost',
      cause,
      topic,
      severity: limit === null ? topic.severity : 'error',
      ...describeAll(tables, limit),
      of: alike,
      facts: { treatment, tables, limit },
    });
  });
}

function isBeyond({ before, after }: FewerRows, cause: LossCause, maxDeleted: number | null): boolean {
  return maxDeleted !== null && lossCauses[cause].severity !== 'error' && before - after > (before * maxDeleted) / 100;
}

/** Adds the tables that only another dataset saw losing rows. */
function mergeLosses(known: FindingOf<'rows-lost'>, other: FindingOf<'rows-lost'>): FindingOf<'rows-lost'> {
  const added = other.facts.tables.filter(({ table }) => !known.facts.tables.some((loss) => loss.table === table));
  const tables = [...known.facts.tables, ...seenOn(other.measuredOn, added)];
  return { ...known, ...describeAll(tables, known.facts.limit), facts: { ...known.facts, tables } };
}

function describeAll(tables: readonly LostRows[], limit: number | null): { message: string; details: string[] } {
  const allowed = limit === null ? [] : [`At most ${limit} % of a table may be deleted (--max-deleted).`];
  const { message, others } = byDataset(tables, describe, ', ');
  return { message, details: [...others, ...otherStatements(tables), ...allowed] };
}

function describe({ table, before, after }: LostRows): string {
  return `${table} lost ${before - after} of ${counted(before, 'row')}`;
}

/** Of a copy that leaves rows out, the words in it that do so. */
function topicOf(cause: LossCause, statement: Statement | null): Topic {
  const topic = lossCauses[cause];
  const words = statement?.head.narrowings.map((narrowing) => narrowingWords[narrowing]) ?? [];
  if (cause !== 'narrowed' || words.length === 0) return topic;
  return {
    ...topic,
    why: `The copy has ${listed(words)}, which ${words.length === 1 ? 'leaves' : 'leave'} out existing rows.`,
  };
}

const narrowingWords: Readonly<Record<Narrowing, string>> = {
  where: 'a WHERE',
  join: 'a JOIN',
  distinct: 'a DISTINCT',
  'group-by': 'a GROUP BY',
  limit: 'a LIMIT',
  'or-ignore': 'an OR IGNORE',
  'or-replace': 'an OR REPLACE',
  compound: 'a UNION, INTERSECT or EXCEPT',
};

function causeOf({ treatment, reach }: FewerRows, statement: Statement | null): LossCause {
  if (treatment !== 'untouched') return treatment;
  if (!reach.cascade) return reach.trigger ? 'trigger-deletes' : 'rows-lost';
  if (statement?.head.verb === 'drop-table') return 'cascade-on-drop';
  return statement?.head.verb === 'delete' || statement?.head.verb === 'replace' ? 'cascade-on-delete' : 'rows-lost';
}

/** The rule of `rows-lost`. */
export const rowsLostRule = {
  code: 'rows-lost',
  topic: lossCauses['rows-lost'],
  causes: lossCauses,
  dependsOnRows: true,
  objects: ({ facts: { tables } }) => tables.map(({ table }) => table),
  distinction: ({ facts: { limit } }) => limit,
  weight: ({ facts: { tables } }) => sumOf(tables.map(({ before, after }) => before - after)),
  merge: mergeLosses,
  readings: { 'fewer-rows': { key: ({ treatment, table }) => [treatment, table], explain: rowsLost } },
} satisfies Rule<'rows-lost'>;
