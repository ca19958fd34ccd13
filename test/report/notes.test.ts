/** The words of every note, over samples of facts. A note without a sample does not compile. */
import { expect, test } from 'vitest';
import { describeNote } from '../../src/explain/notes.ts';
import type { NoteCode, NoteOf } from '../../src/model/note.ts';

const file = 'seeds/production.profile.json';
const reason = 'CHECK constraint failed: a > 0';

const samples: { readonly [C in NoteCode]: readonly NoteOf<C>[] } = {
  ignored: [{ code: 'ignored', facts: { file: 'migrations/0001_a.sql.bak', reason: 'its name does not end in .sql' } }],
  'same-number': [
    { code: 'same-number', facts: { numbers: 1, migrations: ['0007_carts', '0007_orders'] } },
    { code: 'same-number', facts: { numbers: 3, migrations: ['0007_carts', '0007_orders'] } },
  ],
  'ends-early': [
    {
      code: 'ends-early',
      facts: {
        message: 'migrations/0003_ids.sql:4 uses the function new_id, which is not registered.',
        remedy: 'Register what your application registers in connect(db) of rowproof.config.ts.',
      },
    },
  ],
  'base-nearby': [{ code: 'base-nearby', facts: { table: 'users', file: 'app/schema.sql' } }],
  'keys-off-by-program': [
    { code: 'keys-off-by-program', facts: { migrations: ['0004_calm'], evidence: 'db/run.go:12' } },
  ],
  'ledger-by-program': [{ code: 'ledger-by-program', facts: { table: 'migrations', evidence: 'src/run.rs:84' } }],
  'declarations-kept': [{ code: 'declarations-kept', facts: { migrations: ['0004_calm'] } }],
  skipped: [{ code: 'skipped', facts: { migration: '0002_fill', file: 'migrations/0002_fill.ts' } }],
  'programs-ran': [
    { code: 'programs-ran', facts: { by: 'Knex', programs: 1, config: null } },
    { code: 'programs-ran', facts: { by: 'Knex', programs: 3, config: 'knexfile.js' } },
  ],
  'command-ran': [
    { code: 'command-ran', facts: { command: './migrate up {version}', hasLog: false, untold: [] } },
    { code: 'command-ran', facts: { command: './migrate up {version}', hasLog: true, untold: [] } },
    { code: 'command-ran', facts: { command: './migrate up {version}', hasLog: true, untold: ['5c_required'] } },
  ],
  'database-replaced': [{ code: 'database-replaced', facts: { file: 'app.db' } }],
  printed: [{ code: 'printed', facts: { line: 'Migrated.' } }],
  blocked: [
    { code: 'blocked', facts: { migration: '0003_b', file: 'migrations/0003_b.sql', message: 'no such table: made' } },
  ],
  'own-transaction': [
    { code: 'own-transaction', facts: { migrations: ['0001_a'] } },
    { code: 'own-transaction', facts: { migrations: ['1', '2', '3', '4', '5'] } },
  ],
  unfilled: [
    { code: 'unfilled', dataset: 'typical', facts: { table: 'users', version: '0', reason } },
    { code: 'unfilled', dataset: 'typical', facts: { table: 'users', version: '3', reason } },
  ],
  'invariant-unkept': [
    { code: 'invariant-unkept', dataset: 'typical', facts: { invariant: '0002_owners', rows: 1 } },
    { code: 'invariant-unkept', dataset: 'typical', facts: { invariant: '0002_owners', rows: 7 } },
  ],
  'table-full': [{ code: 'table-full', dataset: 'typical', facts: { table: 'users', reason } }],
  'fixture-left-out': [
    { code: 'fixture-left-out', dataset: 'typical', facts: { file: 'seeds/0002_users.sql', reason } },
  ],
  'profile-of-other-version': [{ code: 'profile-of-other-version', dataset: 'typical', facts: { file, version: 9 } }],
  'profile-has-more': [
    { code: 'profile-has-more', dataset: 'typical', facts: { file, names: ['users', 'posts.slug'], version: '4' } },
  ],
  'profile-has-less': [
    { code: 'profile-has-less', dataset: 'typical', facts: { file, names: ['a', 'b', 'c', 'd', 'e', 'f'] } },
  ],
  'scale-without-profile': [{ code: 'scale-without-profile', facts: { scale: 0.01 } }],
  'scale-too-small': [
    { code: 'scale-too-small', dataset: 'typical', facts: { scale: 0.01, tables: ['users'] } },
    {
      code: 'scale-too-small',
      dataset: 'typical',
      facts: { scale: 0.01, tables: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] },
    },
  ],
  'rows-refused': [
    { code: 'rows-refused', dataset: 'typical', facts: { table: 'users', refused: 5, rows: 40, reason } },
  ],
  drilled: [
    { code: 'drilled', facts: { migrator: 'Kysely', faults: 1, survived: 1, seed: 1 } },
    { code: 'drilled', facts: { migrator: 'rowproof migrate', faults: 1200, survived: 1100, seed: 7 } },
  ],
  'drilled-kind': [
    { code: 'drilled-kind', facts: { kind: 'kill', faults: 40, survived: 40 } },
    { code: 'drilled-kind', facts: { kind: 'torn-log', faults: 40, survived: 2 } },
  ],
  'drill-left-out': [{ code: 'drill-left-out', facts: { kind: 'small-disk', reason: 'only root may mount a tmpfs' } }],
  'drill-emulated': [{ code: 'drill-emulated', facts: { tool: 'Prisma' } }],
  'not-drilled': [
    { code: 'not-drilled', facts: { migrations: ['0002_a'] } },
    { code: 'not-drilled', facts: { migrations: ['1', '2', '3', '4', '5', '6'] } },
  ],
  reproduced: [
    { code: 'reproduced', facts: { findings: 1, tries: 1, leftOut: 0 } },
    { code: 'reproduced', facts: { findings: 3, tries: 120, leftOut: 0 } },
    { code: 'reproduced', facts: { findings: 30, tries: 3000, leftOut: 1 } },
    { code: 'reproduced', facts: { findings: 30, tries: 3000, leftOut: 4 } },
  ],
  restarted: [
    { code: 'restarted', facts: { migration: '0002_b', datasets: ['fixture'] } },
    { code: 'restarted', facts: { migration: '0002_b', datasets: ['one-row', 'typical'] } },
    { code: 'restarted', facts: { migration: '0002_b', datasets: ['fixture', 'one-row', 'typical'] } },
  ],
  'tries-used-up': [{ code: 'tries-used-up', dataset: 'typical', facts: { migration: '0002_b', tries: 200 } }],
  'rows-untried': [
    { code: 'rows-untried', dataset: 'awkward', facts: { migration: '0002_b', tables: ['stock'], rows: 1 } },
    { code: 'rows-untried', dataset: 'awkward', facts: { migration: '0002_b', tables: ['stock', 'meals'], rows: 70 } },
  ],
  accepted: [
    {
      code: 'accepted',
      facts: { migration: '0002_b', message: 'users lost 1 of 2 rows', reason: 'they sign in again' },
    },
  ],
  'accepted-everywhere': [
    {
      code: 'accepted-everywhere',
      facts: { directive: 'allow index-dropped', findings: 3, reason: 'the application makes its indexes' },
    },
    {
      code: 'accepted-everywhere',
      facts: { directive: 'allow rows-lost sessions', findings: 1, reason: 'they sign in again' },
    },
  ],
  'applied-left-out': [
    { code: 'applied-left-out', facts: { migrations: 1, since: 4, sinceGit: null, db: null } },
    { code: 'applied-left-out', facts: { migrations: 3, since: null, sinceGit: 'origin/main', db: null } },
    { code: 'applied-left-out', facts: { migrations: 2, since: null, sinceGit: null, db: 'app.db' } },
  ],
  'ruled-out-by-profile': [
    { code: 'ruled-out-by-profile', dataset: 'typical', facts: { warnings: 1, file } },
    { code: 'ruled-out-by-profile', dataset: 'typical', facts: { warnings: 2, file } },
  ],
  'writers-waited': [
    {
      code: 'writers-waited',
      facts: { file: '/var/lib/app/app.db', bytes: 1_234_000_000, milliseconds: 2345, expected: 2000 },
    },
  ],
  'queries-tried': [
    {
      code: 'queries-tried',
      facts: { version: 'new', migrations: 0, tried: 0, failing: ['a:1'], others: 0, alike: 0 },
    },
    { code: 'queries-tried', facts: { version: 'old', migrations: 1, tried: 12, failing: [], others: 0, alike: 0 } },
    {
      code: 'queries-tried',
      facts: { version: 'old', migrations: 2, tried: 1, failing: ['q/a.sql:3'], others: 1, alike: 1 },
    },
    {
      code: 'queries-tried',
      facts: { version: 'new', migrations: 3, tried: 2, failing: ['a:1', 'a:2', 'a:3', 'a:4'], others: 2, alike: 7 },
    },
  ],
  'queries-newest': [{ code: 'queries-newest', facts: { migration: '0007_rename' } }],
  'ruled-out-by-copy': [
    { code: 'ruled-out-by-copy', dataset: 'copy', facts: { migration: '0002_b', warnings: 1 } },
    { code: 'ruled-out-by-copy', dataset: 'copy', facts: { migration: '0002_b', warnings: 3 } },
  ],
  'harmless-on-copy': [
    {
      code: 'harmless-on-copy',
      dataset: 'copy',
      facts: {
        ...{ migration: '0002_b', warning: 'fails-on-rows', table: 'users', rows: 2 },
        ...{ needs: 'a row of users whose email is NULL', query: 'SELECT * FROM users WHERE email IS NULL' },
      },
    },
  ],
  'growth-needs-connect': [
    { code: 'growth-needs-connect', facts: { statements: 1, migrations: ['2_b'] } },
    { code: 'growth-needs-connect', facts: { statements: 2, migrations: ['2_b', '3_c'] } },
  ],
  'not-forecast': (['program', 'connect', 'fails', 'no-counter', 'much-work'] as const).map((reason) => ({
    code: 'not-forecast' as const,
    facts: { migrations: ['2_b'], reason },
  })),
  'growth-unmeasured': [
    { code: 'growth-unmeasured', facts: { statements: 1, migrations: ['2_b'] } },
    { code: 'growth-unmeasured', facts: { statements: 3, migrations: ['2_b', '3_c'] } },
  ],
  interrupted: [
    { code: 'interrupted', facts: { stops: 0 } },
    { code: 'interrupted', facts: { stops: 1 } },
    { code: 'interrupted', facts: { stops: 5 } },
  ],
  since: [{ code: 'since', facts: { version: '40', migration: '0040_last' } }],
  'ledger-left-alone': [{ code: 'ledger-left-alone', facts: { message: '_migrations has other columns.' } }],
};

test('every note has its words', async () => {
  const told = Object.values(samples).flat().map(describeNote);
  expect(told.filter(({ text }) => text === '')).toEqual([]);
  const lines = told.map(({ code, kind, text }) => `${code} (${kind})\n  ${text}\n`);
  await expect(lines.join('')).toMatchFileSnapshot('goldens/notes.txt');
});
