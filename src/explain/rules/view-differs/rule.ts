import type { ViewAnswered } from '../../../model/facts.ts';
import type { FindingOf } from '../../../model/finding.ts';
import { finding, placeOf, type RuleContext, statementOf } from '../../context.ts';
import { byDataset, counted, listed, seenOn, sumOf } from '../../format.ts';
import type { OfKind, Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';

/** Views that give other rows. One finding per cause. */
function viewDiffers(
  differences: readonly OfKind<'other-answer'>[],
  { migration, side }: RuleContext,
): FindingOf<'view-differs'>[] {
  const views = differences.map(({ kind, table, ...answer }): ViewAnswered => ({ view: table, ...answer }));
  return [...Map.groupBy(views, causeOf)].flatMap(([cause, some]) => {
    const [first] = some;
    if (first === undefined) return [];
    return finding(placeOf(migration, statementOf(migration, first.statement), first.view), side, {
      code: 'view-differs',
      cause,
      topic: cause === 'view-differs' ? topic : causes[cause],
      ...describeAll(some),
      facts: { views: some },
    });
  });
}

function causeOf({ renumbered }: ViewAnswered): 'view-differs' | 'hidden-rowids-changed' {
  return renumbered.length > 0 ? 'hidden-rowids-changed' : 'view-differs';
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
  const renumbered = [...new Set(views.flatMap((each) => each.renumbered))].sort();
  const values = `The rows of ${listed(below)} ${renumbered.length > 0 ? 'have their values' : 'are what they were'}.`;
  const rowids = renumbered.length > 0 ? [`The rows of ${listed(renumbered)} have other rowids than before.`] : [];
  return { message, details: [...others, values, ...rowids] };
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

const causes = {
  'hidden-rowids-changed': {
    title: 'gives rows other rowids below a view',
    severity: 'warning',
    why: 'The view reads the rowids of a table without an INTEGER PRIMARY KEY. Only such a key is kept: a copy and VACUUM count the rows anew, so a number that was stored elsewhere, or handed out, now means another row.',
    instead:
      'Copy the rowids too, and name them in both lists: INSERT INTO t_new (rowid, …) SELECT rowid, … FROM t. For good, give the table an INTEGER PRIMARY KEY, filled from the rowids, and use that in the view.',
    bad: 'CREATE VIEW stamped AS SELECT l.id, s.price FROM stamps AS s JOIN letters AS l ON l.rowid = s.letter;\nINSERT INTO letters_new (id, body) SELECT id, body FROM letters;',
    good: 'CREATE VIEW stamped AS SELECT l.id, s.price FROM stamps AS s JOIN letters AS l ON l.rowid = s.letter;\nINSERT INTO letters_new (rowid, id, body) SELECT rowid, id, body FROM letters;',
    link: 'https://sqlite.org/lang_vacuum.html',
  },
} satisfies Rule<'view-differs'>['causes'];

/** The rule of `view-differs`. */
export const viewDiffersRule = {
  code: 'view-differs',
  topic,
  causes,
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
