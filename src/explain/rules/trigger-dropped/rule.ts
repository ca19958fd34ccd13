import { finding } from '../../context.ts';
import type { Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';
import { explainParts, keyOfPart, objectsOfParts } from '../dropped.ts';

const topic: Topic = {
  title: 'loses a trigger while it rebuilds a table',
  severity: 'warning',
  why: 'DROP TABLE also drops the triggers of the table, and DROP VIEW drops the triggers of the view. No statement creates them again.',
  instead:
    'Repeat CREATE TRIGGER after the rename. If the loss is intended, write DROP TRIGGER before the rebuild, or add: -- rowproof: allow trigger-dropped TABLE -- reason.',
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
