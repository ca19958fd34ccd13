import type { DrillCause, DrillKind } from '../../../model/drill.ts';
import { afterFailure, oneTransaction } from '../../keys-off.ts';
import type { Topic } from '../../topic.ts';

const link = 'https://sqlite.org/atomiccommit.html';

/** The ways in which a migrator breaks under a fault. */
export const drillCauses = {
  'half-applied': {
    title: 'stays half applied when the run is disturbed',
    severity: 'error',
    why: 'The migrator committed a part of the migration. A process that dies, a full disk or a lock then leaves a database that is neither before nor after the migration.',
    instead: `${oneTransaction} A database that holds half of it: ${afterFailure}`,
    bad: 'ALTER TABLE users ADD COLUMN city TEXT;  -- committed at once\nUPDATE users SET city = town;',
    good: 'BEGIN;\nALTER TABLE users ADD COLUMN city TEXT;\nUPDATE users SET city = town;\nCOMMIT;',
    link,
  },
  'ledger-disagrees': {
    title: 'is applied, and the ledger does not say so',
    severity: 'error',
    why: 'The migrator writes its ledger in another transaction than the migration. A fault between the two leaves a migration that is applied and still pending, or the reverse.',
    instead: 'Write the entry of the ledger in the transaction of the migration, before its COMMIT.',
    bad: 'BEGIN;\nCREATE TABLE tags (name TEXT);\nCOMMIT;\nINSERT INTO ledger VALUES (7);',
    good: 'BEGIN;\nCREATE TABLE tags (name TEXT);\nINSERT INTO ledger VALUES (7);\nCOMMIT;',
    link,
  },
  'retry-fails': {
    title: 'cannot be deployed again after a disturbed run',
    severity: 'error',
    why: 'The database is exactly before or after the migration, and the migrator refuses to go on: its ledger or its lock still tells of the disturbed run.',
    instead: 'Let the migrator decide by the ledger alone what is pending, and release its lock with the transaction.',
    bad: 'INSERT INTO migration_lock VALUES (1);  -- committed before the migration',
    good: 'BEGIN IMMEDIATE;  -- the lock of SQLite ends with the process',
    link: 'https://sqlite.org/lang_transaction.html',
  },
  'applied-twice': {
    title: 'has another result after a disturbed run',
    severity: 'error',
    why: 'The next run, or a process that started at the same time, repeated statements that were applied already.',
    instead: `${oneTransaction} Ask the ledger inside that transaction, behind BEGIN IMMEDIATE.`,
    bad: 'SELECT version FROM ledger;\nUPDATE prices SET amount = amount * 100;',
    good: 'BEGIN IMMEDIATE;\nSELECT version FROM ledger;\nUPDATE prices SET amount = amount * 100;\nCOMMIT;',
    link: 'https://sqlite.org/lang_transaction.html',
  },
  'file-damaged': {
    title: 'damages the file when the run is disturbed',
    severity: 'error',
    why: 'The migrator writes without a journal, so SQLite cannot take back a half of what it has written.',
    instead: 'Leave out PRAGMA journal_mode = OFF or MEMORY, and PRAGMA synchronous = OFF.',
    bad: 'PRAGMA journal_mode = OFF;',
    good: 'PRAGMA journal_mode = WAL;',
    link: 'https://sqlite.org/howtocorrupt.html',
  },
} satisfies Record<DrillCause, Topic>;

/** Each kind of fault in a few words. */
export const faultWords: Readonly<Record<DrillKind, string>> = {
  kill: 'the process is killed at a statement',
  'power-loss': 'the power fails at a statement, after early writes to the file',
  'torn-log': 'the end of the write-ahead log is lost',
  between: 'the process ends between two migrations',
  'disk-full': 'the file may have no more pages',
  'small-disk': 'a real disk is full',
  'file-size': 'no file may grow beyond a limit',
  'read-only': 'the file is read-only',
  locked: 'another process holds a lock',
  'io-error': 'writes fail with an I/O error',
  sigkill: 'SIGKILL to a real process at a statement',
  'sigkill-anytime': 'SIGKILL to a real process at any instant',
  sigstop: 'the power fails at any instant of a real process',
  'two-processes': 'two processes migrate at once',
  'eight-processes': 'eight processes migrate at once',
  'old-writer': 'an old version of the application writes meanwhile',
};
