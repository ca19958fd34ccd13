import type { Budgets, Excess, Range } from '../../../model/cost.ts';
import type { FindingOf } from '../../../model/finding.ts';
import { formatTime } from '../../../text/duration.ts';
import { finding, placeOf, type RuleContext } from '../../context.ts';
import { each, type OfKind, type Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';

/** A migration with which a deploy takes more than the project allows. */
function budgetExceeded(excess: OfKind<'over-budget'>, { migration, side }: RuleContext): FindingOf<'budget-exceeded'> {
  const { budget, limit, measured, forecast } = excess;
  return finding(placeOf(migration, null, null), side, {
    code: 'budget-exceeded',
    cause: 'budget-exceeded',
    topic,
    severity: forecast === null ? 'error' : 'warning',
    message: forecast === null ? describe[budget](excess) : `Forecast: ${foretell[budget](excess)}`,
    details: forecast === null ? measuredWhere(budget) : foretoldHow(budget, forecast),
    facts: { budget, limit, measured, forecast },
  });
}

const describe: Readonly<Record<keyof Budgets, (excess: Excess) => string>> = {
  lock: ({ limit, measured }) =>
    `Other writers wait ${formatTime(measured)} in one go, and the budget is ${formatTime(limit)}`,
  time: ({ limit, measured }) =>
    `The pending migrations take ${formatTime(measured)} up to here, and the budget is ${formatTime(limit)}`,
  sizeGrowth: ({ limit, measured }) =>
    `File and journal become ${Math.round(measured * 10) / 10} times as large as the file, and the budget is ${limit}`,
};

const foretell: Readonly<Record<keyof Budgets, (excess: Excess) => string>> = {
  lock: ({ limit, measured }) =>
    `other writers would wait about ${formatTime(measured)} in one go, and the budget is ${formatTime(limit)}`,
  time: ({ limit, measured }) =>
    `the migrations would take about ${formatTime(measured)} up to here, and the budget is ${formatTime(limit)}`,
  sizeGrowth: ({ limit, measured }) =>
    `the file would become about ${Math.round(measured * 10) / 10} times as large, without its journal, and the budget is ${limit}`,
};

function measuredWhere(budget: keyof Budgets): string[] {
  return budget === 'sizeGrowth' ? [] : ['The times are those of this machine, on a copy that waits for no disk.'];
}

function foretoldHow(budget: keyof Budgets, { low, high }: Range): string[] {
  const range = budget === 'sizeGrowth' ? '' : ` The range is ${formatTime(low)} to ${formatTime(high)}.`;
  return [`The forecast comes from the profile, on made-up rows: rowproof gate measures on a copy.${range}`];
}

const topic: Topic = {
  title: 'costs more than the project allows',
  severity: 'error',
  why: 'The project sets a budget for the deploy, and the migration exceeds it on a copy of production, or by the forecast of a profile, which is a warning.',
  instead:
    'Do the work in parts between which other writers get their turn, in several migrations or before the deploy; or raise the budget (--max-lock, --max-time, --max-size-growth, `budgets` in the config).',
  bad: "UPDATE readings SET unit = 'C';  -- 80 million rows in one transaction",
  good: "UPDATE readings SET unit = 'C' WHERE id <= 5000000;  -- the next migrations go on from there",
  link: 'https://sqlite.org/lang_transaction.html',
};

/** The rule of `budget-exceeded`. */
export const budgetExceededRule = {
  code: 'budget-exceeded',
  topic,
  causes: {},
  dependsOnRows: true,
  objects: ({ facts: { budget } }) => [budget],
  distinction: ({ facts: { budget } }) => budget,
  weight: ({ facts: { measured } }) => measured,
  readings: {
    'over-budget': {
      key: ({ budget }) => [budget],
      claimed: () => ({ tables: [], columns: [] }),
      explain: each(budgetExceeded),
    },
  },
} satisfies Rule<'budget-exceeded'>;
