/** `fill-file.ts ROWS`: fills both tables of the contest in a file; prints its peak memory in kilobytes and the seconds. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadVocabulary } from '../../src/seed/values/vocabulary.ts';
import { openContest } from './contest.ts';
import { grow } from './grow.ts';
import { time } from './measure.ts';

const rows = Number(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), 'rowproof bench '));
try {
  const db = openContest(join(folder, 'contest.db'));
  const vocabulary = await loadVocabulary(1);
  const spent = await time(() => grow(db, () => rows, vocabulary));
  const made = db.prepare('SELECT (SELECT count(*) FROM users) + (SELECT count(*) FROM orders)').pluck().get();
  if (made !== 2 * rows) throw new Error(`${made} rows instead of ${2 * rows}`);
  db.close();
  console.log(process.resourceUsage().maxRSS, spent / 1_000);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
