import type { BrokenCause } from '../../../model/finding.ts';
import type { Topic } from '../../topic.ts';
import { orphanCauses } from '../orphans-created/causes.ts';

/** Why something does not compile after a migration. */
export const brokenCauses = {
  'object-broken': {
    title: 'breaks a view, a trigger or a table',
    severity: 'error',
    why: 'It names something that the migration took away. SQLite looks at views and triggers only when they are used, so the next query or write fails.',
    instead: 'Drop the view or trigger before the statement and make it anew, in terms of what is there now, after it.',
    bad: 'DROP TABLE prices;  -- the view price_list reads it',
    good: 'DROP VIEW price_list;\nDROP TABLE prices;\nCREATE VIEW price_list AS SELECT id, price FROM products;',
    link: 'https://sqlite.org/lang_altertable.html#making_other_kinds_of_table_schema_changes',
  },
  'parent-gone': orphanCauses['parent-gone'],
  'parent-key-gone': {
    title: 'leaves a foreign key to columns that are no key any more',
    severity: 'error',
    why: 'A foreign key must lead to a primary key or to columns with a UNIQUE index of their own. Where foreign keys are enforced, the next write to either table fails.',
    instead: 'Keep PRIMARY KEY, UNIQUE or the unique index on those columns when the parent table is rebuilt.',
    bad: 'CREATE TABLE badges_new (code TEXT, holder TEXT);  -- code was UNIQUE, and scans refers to it',
    good: 'CREATE TABLE badges_new (code TEXT UNIQUE, holder TEXT);',
    link: 'https://sqlite.org/foreignkeys.html#fk_indexes',
  },
  'followed-the-old-table': {
    title: 'leaves keys, views or triggers with the table that was renamed',
    severity: 'error',
    why: 'ALTER TABLE … RENAME TO takes along the foreign keys and views that name the table, and its triggers. The table made anew under the old name has none of them, and new rows of it are no parents.',
    instead:
      'Make the new table under another name, copy, drop the old one, and rename the new one last; a backup is a copy of its own.',
    bad: 'ALTER TABLE crews RENAME TO crews_old;\nCREATE TABLE crews (id TEXT PRIMARY KEY, name TEXT);\nINSERT INTO crews SELECT id, name FROM crews_old;',
    good: 'CREATE TABLE crews_old AS SELECT * FROM crews;\nCREATE TABLE crews_new (id TEXT PRIMARY KEY, name TEXT);\nINSERT INTO crews_new SELECT id, name FROM crews;\nDROP TABLE crews;\nALTER TABLE crews_new RENAME TO crews;',
    link: 'https://sqlite.org/lang_altertable.html#alter_table_rename',
  },
} satisfies Record<BrokenCause, Topic>;
