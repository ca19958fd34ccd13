import type { BrokenCause } from '../../../model/finding.ts';
import type { Topic } from '../../topic.ts';
import { orphanCauses } from '../orphans-created/causes.ts';

/** The reasons why an object does not compile after a migration. */
export const brokenCauses = {
  'object-broken': {
    title: 'breaks a view, a trigger or a table',
    severity: 'error',
    why: 'It names something that the migration removed. SQLite checks views and triggers only on use, so the next query or write fails.',
    instead: 'Drop the view or trigger before the statement, and create it afterwards against the new schema.',
    bad: 'DROP TABLE prices;  -- the view price_list reads it',
    good: 'DROP VIEW price_list;\nDROP TABLE prices;\nCREATE VIEW price_list AS SELECT id, price FROM products;',
    link: 'https://sqlite.org/lang_altertable.html#making_other_kinds_of_table_schema_changes',
  },
  'parent-gone': orphanCauses['parent-gone'],
  'parent-key-gone': {
    title: 'leaves a foreign key to columns that have lost their key',
    severity: 'error',
    why: 'A foreign key must refer to a primary key or to columns with a UNIQUE index. If foreign keys are enforced, the next write to either table fails.',
    instead: 'Keep PRIMARY KEY, UNIQUE or the unique index on those columns when the parent table is rebuilt.',
    bad: 'CREATE TABLE badges_new (code TEXT, holder TEXT);  -- code was UNIQUE, and scans refers to it',
    good: 'CREATE TABLE badges_new (code TEXT UNIQUE, holder TEXT);',
    link: 'https://sqlite.org/foreignkeys.html#fk_indexes',
  },
  'followed-the-old-table': {
    title: 'leaves keys, views or triggers with the renamed table',
    severity: 'error',
    why: 'ALTER TABLE … RENAME TO redirects the foreign keys, views and triggers of the table to the new name. The new table under the old name has none of them, and foreign keys do not find its rows.',
    instead:
      'Create the new table under another name, copy the rows, drop the old table, and rename the new table last. Make a backup as a separate copy.',
    bad: 'ALTER TABLE crews RENAME TO crews_old;\nCREATE TABLE crews (id TEXT PRIMARY KEY, name TEXT);\nINSERT INTO crews SELECT id, name FROM crews_old;',
    good: 'CREATE TABLE crews_old AS SELECT * FROM crews;\nCREATE TABLE crews_new (id TEXT PRIMARY KEY, name TEXT);\nINSERT INTO crews_new SELECT id, name FROM crews;\nDROP TABLE crews;\nALTER TABLE crews_new RENAME TO crews;',
    link: 'https://sqlite.org/lang_altertable.html#alter_table_rename',
  },
} satisfies Record<BrokenCause, Topic>;
