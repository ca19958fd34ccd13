import { finding } from '../../context.ts';
import type { Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';
import { explainParts, keyOfPart, objectsOfParts } from '../dropped.ts';

const topic: Topic = {
  title: 'loses a default while it rebuilds a table',
  severity: 'warning',
  why: 'The new table declares the column without its DEFAULT. Rows that do not name the column get NULL from now on, or are refused where it is NOT NULL.',
  instead:
    'Write the DEFAULT into the new table too. If the loss is intended, add: -- rowproof: allow default-dropped TABLE.COLUMN -- reason.',
  bad: "CREATE TABLE tickets_new (id INTEGER PRIMARY KEY, state TEXT NOT NULL, seat TEXT);  -- state had DEFAULT 'open'",
  good: "CREATE TABLE tickets_new (id INTEGER PRIMARY KEY, state TEXT NOT NULL DEFAULT 'open', seat TEXT);",
  link: 'https://sqlite.org/lang_createtable.html#the_default_clause',
};

/** The rule of `default-dropped`. */
export const defaultDroppedRule = {
  code: 'default-dropped',
  topic,
  causes: {},
  dependsOnRows: false,
  objects: objectsOfParts,
  readings: {
    'lost-default': {
      key: keyOfPart,
      explain: (differences, context) =>
        explainParts(differences, context, (place, said) =>
          finding(place, context.side, { code: 'default-dropped', cause: 'default-dropped', topic, ...said }),
        ),
    },
  },
} satisfies Rule<'default-dropped'>;
