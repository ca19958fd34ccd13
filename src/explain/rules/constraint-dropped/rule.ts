import { finding } from '../../context.ts';
import type { Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';
import { explainParts, keyOfPart, objectsOfParts } from '../dropped.ts';

/** Why a DEFAULT that goes matters. */
const ofDefault: Topic = {
  title: 'loses a default while it rebuilds a table',
  severity: 'warning',
  why: 'The new table declares the column without its DEFAULT. Rows that do not name the column get NULL from now on, or are refused where it is NOT NULL.',
  instead:
    'Write the DEFAULT into the new table too. If the loss is intended, add: -- rowproof: allow constraint-dropped TABLE.COLUMN -- reason.',
  bad: "CREATE TABLE tickets_new (id INTEGER PRIMARY KEY, state TEXT NOT NULL, seat TEXT);  -- state had DEFAULT 'open'",
  good: "CREATE TABLE tickets_new (id INTEGER PRIMARY KEY, state TEXT NOT NULL DEFAULT 'open', seat TEXT);",
  link: 'https://sqlite.org/lang_createtable.html#the_default_clause',
};

const topic: Topic = {
  title: 'loses a constraint while it rebuilds a table',
  severity: 'warning',
  why: 'The new table has only the constraints in its own text. The other constraints of the old table are gone, so rows that they refused can now come in.',
  instead:
    'Write it into the new table too. If the loss is intended, add: -- rowproof: allow constraint-dropped TABLE -- reason.',
  bad: 'CREATE TABLE members_new AS SELECT id, email FROM members;  -- email was UNIQUE',
  good: 'CREATE TABLE members_new (id INTEGER PRIMARY KEY, email TEXT UNIQUE);\nINSERT INTO members_new SELECT id, email FROM members;',
  link: 'https://sqlite.org/lang_createtable.html#create_table_as_select_statements',
};

/** The rule of `constraint-dropped`. */
export const constraintDroppedRule = {
  code: 'constraint-dropped',
  topic,
  causes: { 'default-dropped': ofDefault },
  dependsOnRows: false,
  objects: objectsOfParts,
  readings: {
    'lost-constraint': {
      key: keyOfPart,
      explain: (differences, context) =>
        explainParts(differences, context, (place, said) =>
          finding(place, context.side, { code: 'constraint-dropped', cause: 'constraint-dropped', topic, ...said }),
        ),
    },
    'lost-default': {
      key: keyOfPart,
      explain: (differences, context) =>
        explainParts(differences, context, (place, said) =>
          finding(place, context.side, {
            code: 'constraint-dropped',
            cause: 'default-dropped',
            topic: ofDefault,
            ...said,
          }),
        ),
    },
  },
} satisfies Rule<'constraint-dropped'>;
