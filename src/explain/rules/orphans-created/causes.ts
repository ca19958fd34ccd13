import type { OrphanCause } from '../../../model/finding.ts';
import type { Topic } from '../../topic.ts';

/** The reasons why rows have no parent after a migration. */
export const orphanCauses = {
  'orphans-created': {
    title: 'leaves rows without a parent',
    severity: 'error',
    why: 'Foreign keys were not enforced while the migration ran, so SQLite let it remove the parents.',
    instead: 'Keep the parents, move the children to others first, or delete the children on purpose.',
    bad: 'PRAGMA foreign_keys = OFF;\nDELETE FROM teams WHERE archived = 1;',
    good: 'UPDATE members SET team_id = NULL WHERE team_id IN (SELECT id FROM teams WHERE archived = 1);\nDELETE FROM teams WHERE archived = 1;',
    link: 'https://sqlite.org/pragma.html#pragma_foreign_key_check',
  },
  'key-meets-orphans': {
    title: 'declares a foreign key that rows do not satisfy',
    severity: 'error',
    why: 'The migration declares the key while foreign keys are not enforced, so SQLite does not check the existing rows for parents.',
    instead: 'Remove or repair the rows without a parent in the same migration.',
    bad: 'CREATE TABLE scans_new (badge TEXT REFERENCES badges(code));\nINSERT INTO scans_new SELECT badge FROM scans;',
    good: 'CREATE TABLE scans_new (badge TEXT REFERENCES badges(code));\nINSERT INTO scans_new SELECT badge FROM scans WHERE badge IN (SELECT code FROM badges);',
    link: 'https://sqlite.org/pragma.html#pragma_foreign_key_check',
  },
  'parent-gone': {
    title: 'leaves a foreign key to a table that is gone',
    severity: 'error',
    why: 'ALTER TABLE … RENAME TO redirects the foreign keys of other tables to the new name, and a later statement drops the table of that name. The next write to the child fails.',
    instead:
      'Create the new table under another name, copy the rows, drop the old table, and rename the new table last.',
    bad: 'ALTER TABLE surveys RENAME TO surveys_old;\nCREATE TABLE surveys (id TEXT PRIMARY KEY);\nINSERT INTO surveys SELECT id FROM surveys_old;\nDROP TABLE surveys_old;',
    good: 'CREATE TABLE surveys_new (id TEXT PRIMARY KEY);\nINSERT INTO surveys_new SELECT id FROM surveys;\nDROP TABLE surveys;\nALTER TABLE surveys_new RENAME TO surveys;',
    link: 'https://sqlite.org/lang_altertable.html#alter_table_rename',
  },
} satisfies Record<OrphanCause, Topic>;
