import { finding } from '../../context.ts';
import type { Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';
import { explainParts, keyOfPart, objectsOfParts } from '../dropped.ts';

const topic: Topic = {
  title: 'loses a trigger while it rebuilds a table',
  severity: 'warning',
  why: 'DROP TABLE takes the triggers of the table along, and DROP VIEW those of the view; no statement makes them anew.',
  instead:
    'Repeat CREATE TRIGGER after the rename. If it may go, write DROP TRIGGER before the rebuild, or say so: -- rowproof: allow trigger-dropped TABLE -- reason.',
  bad: 'DROP TABLE loans;  -- with the trigger that counts them\nALTER TABLE loans_new RENAME TO loans;',
  good: 'DROP TABLE loans;\nALTER TABLE loans_new RENAME TO loans;\nCREATE TRIGGER loans_counted AFTER INSERT ON loans BEGIN … END;',
  link: 'https://sqlite.org/lang_droptable.html',
};

/** The rule of `trigger-dropped`. */
export const triggerDroppedRule = {
  code: 'trigger-dropped',
  topic,
  causes: {},
  dependsOnRows: false,
  objects: objectsOfParts,
  readings: {
    'lost-trigger': {
      key: keyOfPart,
      explain: (differences, context) =>
        explainParts(differences, context, (place, said) =>
          finding(place, context.side, { code: 'trigger-dropped', cause: 'trigger-dropped', topic, ...said }),
        ),
    },
  },
} satisfies Rule<'trigger-dropped'>;
