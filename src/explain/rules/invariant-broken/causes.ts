import type { Topic } from '../../topic.ts';

/** The reasons why a rule of the project or of the schema does not hold. */
export const invariantCauses = {
  'invariant-broken': {
    title: 'breaks an invariant',
    severity: 'error',
    why: 'After the migration the query of the invariant returns rows that it did not return before.',
    instead: 'Write the missing values in the same migration, for example by an UPDATE after ADD COLUMN.',
    bad: 'ALTER TABLE pipelines ADD COLUMN publisher_id TEXT REFERENCES publishers(id);',
    good: "ALTER TABLE pipelines ADD COLUMN publisher_id TEXT REFERENCES publishers(id);\nUPDATE pipelines SET publisher_id = 'pub_demo_seed';",
    link: 'https://sqlite.org/lang_altertable.html#alter_table_add_column',
  },
  'assumption-broken': {
    title: 'assumes something that is false in production',
    severity: 'error',
    why: 'A directive rules these rows out, so no dataset had any, and the migration was never tried on them.',
    instead: 'Repair the rows in an earlier migration, or remove the assumption and make the migration handle them.',
    bad: '-- rowproof: assume users.email is not null -- the form asks for it',
    good: "UPDATE users SET email = '' WHERE email IS NULL;",
    link: 'https://sqlite.org/nulls.html',
  },
  'integrity-check': {
    title: 'leaves rows that the schema forbids',
    severity: 'error',
    why: 'PRAGMA integrity_check finds new rows that break a constraint or an index. Constraint checks were off during the write, or the schema changed under the rows.',
    instead: 'Correct the rows in the same migration, and leave constraint checks on while it runs.',
    bad: 'PRAGMA ignore_check_constraints = ON;\nUPDATE orders SET amount = -1;  -- amount has CHECK (amount > 0)',
    good: 'UPDATE orders SET amount = 1;',
    link: 'https://sqlite.org/pragma.html#pragma_integrity_check',
  },
} satisfies Record<'invariant-broken' | 'assumption-broken' | 'integrity-check', Topic>;
