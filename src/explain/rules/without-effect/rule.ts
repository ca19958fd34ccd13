import type { FindingOf } from '../../../model/finding.ts';
import { finding, placeOf, type RuleContext, statementOf } from '../../context.ts';
import { counted } from '../../format.ts';
import { each, type OfKind, type Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';

/** A statement that rows switch off. */
function withoutEffect(
  { table, rows, by, verb, statement }: OfKind<'no-effect'>,
  { migration, side }: RuleContext,
): FindingOf<'without-effect'> {
  const cause = by === 'null-in-list' ? 'null-in-list' : by === 'compares-kinds' ? 'never-equal' : 'without-effect';
  const otherwise = by === 'null-in-list' ? 'without the NULL in its list' : 'without the row that this needs';
  const [does, number] = [verb === 'delete' ? 'deletes' : 'changes', counted(rows, 'row')];
  return finding(placeOf(migration, statementOf(migration, statement), table), side, {
    code: 'without-effect',
    cause,
    topic: cause === 'without-effect' ? topic : causes[cause],
    message: `${verb.toUpperCase()} ${does} no row of ${table}${rows > 0 ? `; ${otherwise} it ${does} ${number}` : ''}`,
    details: [],
    facts: { verb, rows },
  });
}

const topic: Topic = {
  title: 'does nothing where one row is in its way',
  severity: 'warning',
  why: 'The condition of the statement is about the whole table: one row that exists already makes it false for all rows, and no error says so.',
  instead:
    'Write the statement so that it treats the rows one by one, or add a statement for the other case. If doing nothing is right there, add: -- rowproof: allow without-effect TABLE -- reason.',
  bad: "UPDATE settings SET key = 'volume' WHERE key = 'loudness'\n  AND NOT EXISTS (SELECT 1 FROM settings WHERE key = 'volume');",
  good: "DELETE FROM settings WHERE key = 'volume' AND EXISTS (SELECT 1 FROM settings WHERE key = 'loudness');\nUPDATE settings SET key = 'volume' WHERE key = 'loudness';",
  link: 'https://sqlite.org/lang_expr.html#the_exists_operator',
};

const causes = {
  'null-in-list': {
    title: 'does nothing once its list holds a NULL',
    severity: 'warning',
    why: 'x NOT IN (…) is not true for any x once the list holds a NULL, so one NULL in the column switches the whole statement off, and no error says so.',
    instead:
      'Leave NULLs out of the list (… WHERE column IS NOT NULL), or write NOT EXISTS with a comparison of the two columns.',
    bad: 'DELETE FROM photos WHERE id NOT IN (SELECT cover_photo_id FROM albums);',
    good: 'DELETE FROM photos WHERE id NOT IN (SELECT cover_photo_id FROM albums WHERE cover_photo_id IS NOT NULL);',
    link: 'https://sqlite.org/lang_expr.html#the_in_and_not_in_operators',
  },
  'never-equal': {
    title: 'compares numbers with a text, which finds no row',
    severity: 'warning',
    why: "A number never equals a text that is not a number, and it is less than any text, so the condition holds for no row: a BOOLEAN column holds 1, and 'true' is a text.",
    instead: 'Compare with the kind of value that the column holds: 1 for true, unixepoch() for a time in seconds.',
    bad: "DELETE FROM members WHERE left_us = 'true';  -- left_us holds 0 and 1",
    good: 'DELETE FROM members WHERE left_us = 1;',
    link: 'https://sqlite.org/datatype3.html#comparison_expressions',
  },
} satisfies Record<'null-in-list' | 'never-equal', Topic>;

/** The rule of `without-effect`. */
export const withoutEffectRule = {
  code: 'without-effect',
  topic,
  causes,
  dependsOnRows: true,
  weight: ({ facts: { rows } }) => rows,
  readings: {
    'no-effect': {
      key: ({ table, statement }) => [table, statement],
      claimed: ({ table }) => ({ tables: [table], columns: [] }),
      explain: each(withoutEffect),
    },
  },
} satisfies Rule<'without-effect'>;
