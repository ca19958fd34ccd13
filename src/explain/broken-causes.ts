import { orphanCauses } from './orphan-causes.ts';
import { codeTopics, type Topic } from './topics.ts';

/** Why something does not compile after a migration. */
export const brokenCauses = {
  'object-broken': codeTopics['object-broken'],
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
} satisfies Record<string, Topic>;
