import type { Topic } from '../../topic.ts';

/** Why a rule of the project, or of the schema itself, does not hold. */
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
    title: 'assumes what does not hold in production',
    severity: 'error',
    why: 'A directive rules these rows out, so no dataset had any, and what the migration does to them was never tried.',
    instead:
      'Repair the rows in a migration before this one, or take the assumption out and make the migration fit for them.',
    bad: '-- rowproof: assume users.email is not null -- the form asks for it',
    good: "UPDATE users SET email = '' WHERE email IS NULL;",
    link: 'https://sqlite.org/nulls.html',
  },
  'integrity-check': {
    title: 'leaves rows that the schema forbids',
    severity: 'error',
    why: 'PRAGMA integrity_check finds rows that break a constraint or an index, which it did not find before. Constraint checks were off while they were written, or the schema was changed under them.',
    instead: 'Bring the rows into line in the same migration, and leave constraint checks on while it runs.',
    bad: 'PRAGMA ignore_check_constraints = ON;\nUPDATE orders SET amount = -1;  -- amount has CHECK (amount > 0)',
    good: 'UPDATE orders SET amount = 1;',
    link: 'https://sqlite.org/pragma.html#pragma_integrity_check',
  },
} satisfies Record<'invariant-broken' | 'assumption-broken' | 'integrity-check', Topic>;
