import type { ViewAnswered } from '../../../model/facts.ts';
import type { FindingOf } from '../../../model/finding.ts';
import { finding, placeOf, type RuleContext } from '../../context.ts';
import type { OfKind, Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';
import { byDataset, counted, listed, seenOn, sumOf } from '../../words.ts';

/** Views that give other rows. */
function viewDiffers(
  differences: readonly OfKind<'other-answer'>[],
  { migration, side }: RuleContext,
): FindingOf<'view-differs'>[] {
  const views = differences.map(({ table, tables, rows, of }): ViewAnswered => ({ view: table, tables, rows, of }));
  const [first] = views;
  if (first === undefined) return [];
  return [
    finding(placeOf(migration, null, first.view), side, {
      code: 'view-differs',
      cause: 'view-differs',
      topic,
      ...describeAll(views),
      facts: { views },
    }),
  ];
}

/** Adds the views that only another dataset saw answer otherwise. */
function mergeViews(known: FindingOf<'view-differs'>, other: FindingOf<'view-differs'>): FindingOf<'view-differs'> {
  const added = other.facts.views.filter(({ view }) => !known.facts.views.some((had) => had.view === view));
  const views = [...known.facts.views, ...seenOn(other.measuredOn, added)];
  return { ...known, ...describeAll(views), facts: { views } };
}

function describeAll(views: readonly ViewAnswered[]): { message: string; details: string[] } {
  const { message, others } = byDataset(views, describe, ', ');
  const below = [...new Set(views.flatMap(({ tables }) => tables))].sort();
  return { message, details: [...others, `The rows of ${listed(below)} are what they were.`] };
}

function describe({ view, rows, of }: ViewAnswered): string {
  return `the view ${view} differs in ${rows} of ${counted(of, 'row')}`;
}

const topic: Topic = {
  title: 'gives other answers from a view',
  severity: 'note',
  why: 'The view has the text that it had, and the rows below it have their values. But a column has another type or collation, or a function works differently on it, and the expressions of the view depend on that.',
  instead:
    'Look at the expressions of the view: 7 / 2 is 3, and 7.0 / 2 is 3.5; a comparison follows the type and the collation of the column. Correct the view in the same migration.',
  bad: 'CREATE VIEW pass_prices AS SELECT id, price / 7 AS per_day FROM passes;  -- price becomes REAL',
  good: 'CREATE VIEW pass_prices AS SELECT id, CAST(price AS INTEGER) / 7 AS per_day FROM passes;',
  link: 'https://sqlite.org/datatype3.html#affinity_of_expressions',
};

/** The rule of `view-differs`. */
export const viewDiffersRule = {
  code: 'view-differs',
  topic,
  causes: {},
  dependsOnRows: true,
  objects: ({ facts: { views } }) => views.map(({ view }) => view),
  weight: ({ facts: { views } }) => sumOf(views.map(({ rows }) => rows)),
  merge: mergeViews,
  readings: {
    'other-answer': {
      key: ({ table }) => [table],
      claimed: ({ table }) => ({ tables: [table], columns: [] }),
      explain: viewDiffers,
    },
  },
} satisfies Rule<'view-differs'>;
