import type { ResetCounter } from '../../../model/facts.ts';
import type { FindingOf } from '../../../model/finding.ts';
import { finding, placeOf, type RuleContext, statementOf } from '../../context.ts';
import { byStatement, listed, otherStatements } from '../../format.ts';
import type { OfKind, Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';

type Reset = OfKind<'sequence-reset'>;

/** Tables that assign the numbers of deleted rows again. */
function autoincrementReset(
  differences: readonly Reset[],
  { migration, side, showValues }: RuleContext,
): FindingOf<'autoincrement-reset'>[] {
  const counters = byStatement(differences).map(({ table, before, after, statement, referredFrom }): ResetCounter => {
    return { table, statement, referredFrom, before: showValues ? before : null, after: showValues ? after : null };
  });
  const [first] = counters;
  if (first === undefined) return [];
  const place = placeOf(migration, statementOf(migration, first.statement), first.table);
  return [
    finding(place, side, {
      code: 'autoincrement-reset',
      cause: 'autoincrement-reset',
      topic,
      ...describeAll(counters),
      severity: severityOf(counters),
      facts: { counters },
    }),
  ];
}

/** Adds the tables whose counters only another dataset saw go back. */
function mergeReset(
  known: FindingOf<'autoincrement-reset'>,
  other: FindingOf<'autoincrement-reset'>,
): FindingOf<'autoincrement-reset'> {
  const added = other.facts.counters.filter(({ table }) => !known.facts.counters.some((had) => had.table === table));
  const counters = [...known.facts.counters, ...added];
  return { ...known, ...describeAll(counters), severity: severityOf(counters), facts: { counters } };
}

/** Reused numbers mislead only tables that still hold the old ones. */
function severityOf(counters: readonly ResetCounter[]): 'warning' | 'note' {
  return counters.some(({ referredFrom }) => referredFrom.length > 0) ? 'warning' : 'note';
}

function describeAll(counters: readonly ResetCounter[]): { message: string; details: string[] } {
  const holders = [...new Set(counters.flatMap(({ referredFrom }) => referredFrom))];
  const details = holders.length === 0 ? [] : [`${listed(holders)} may still hold the old numbers.`];
  return { message: counters.map(describe).join('; '), details: [...otherStatements(counters), ...details] };
}

function describe({ table, before, after }: ResetCounter): string {
  return before === null
    ? `${table} continues below the highest number that it has assigned`
    : `${table} continues after ${after}, although it has assigned numbers up to ${before}`;
}

const topic: Topic = {
  title: 'assigns the numbers of deleted rows again',
  severity: 'note',
  why: 'AUTOINCREMENT keeps one counter per table in sqlite_sequence. The new table counts from the largest copied number, and DROP TABLE deletes the old counter.',
  instead:
    'Carry the counter over: UPDATE sqlite_sequence SET seq = (the old one) WHERE name = the new table, before the drop.',
  bad: 'INSERT INTO bills_new SELECT * FROM bills;\nDROP TABLE bills;\nALTER TABLE bills_new RENAME TO bills;',
  good: "INSERT INTO bills_new SELECT * FROM bills;\nUPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'bills') WHERE name = 'bills_new';\nDROP TABLE bills;\nALTER TABLE bills_new RENAME TO bills;",
  link: 'https://sqlite.org/autoinc.html',
};

/** The rule of `autoincrement-reset`. */
export const autoincrementResetRule = {
  code: 'autoincrement-reset',
  topic,
  causes: {},
  dependsOnRows: true,
  objects: ({ facts: { counters } }) => counters.map(({ table }) => table),
  merge: mergeReset,
  readings: { 'sequence-reset': { key: ({ table }) => [table], explain: autoincrementReset } },
} satisfies Rule<'autoincrement-reset'>;
