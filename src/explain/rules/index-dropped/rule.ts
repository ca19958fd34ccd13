import { finding } from '../../context.ts';
import type { Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';
import { explainParts, keyOfPart, objectsOfParts } from '../dropped.ts';

const topic: Topic = {
  title: 'loses an index while it rebuilds a table',
  severity: 'warning',
  why: 'DROP TABLE also drops the indexes of the table, and no statement creates them again with all their parts.',
  instead:
    'Repeat CREATE INDEX after the rename, with its COLLATE and its WHERE. If the loss is intended, write DROP INDEX before the rebuild, or add: -- rowproof: allow index-dropped TABLE -- reason.',
  bad: 'DROP TABLE visits;  -- with the index visits_by_day\nALTER TABLE visits_new RENAME TO visits;',
  good: 'DROP TABLE visits;\nALTER TABLE visits_new RENAME TO visits;\nCREATE INDEX visits_by_day ON visits(day);',
  link: 'https://sqlite.org/lang_droptable.html',
};

/** The rule of `index-dropped`. */
export const indexDroppedRule = {
  code: 'index-dropped',
  topic,
  causes: {},
  dependsOnRows: false,
  objects: objectsOfParts,
  readings: {
    'lost-index': {
      key: keyOfPart,
      explain: (differences, context) =>
        explainParts(differences, context, (place, said) =>
          finding(place, context.side, { code: 'index-dropped', cause: 'index-dropped', topic, ...said }),
        ),
    },
  },
} satisfies Rule<'index-dropped'>;
