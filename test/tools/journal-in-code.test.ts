/** A migration may ask for the write-ahead log in a transaction where the program has set it on its connections before. */
import { expect, test } from 'vitest';
import { readHistory } from '../../src/tools/history.ts';
import { folderWith } from '../temporary.ts';

const migration = 'PRAGMA journal_mode = WAL;\nCREATE TABLE a (b);';
const goose = { 'go.mod': 'module a\n', 'db/1_a.sql': `-- +goose Up\n${migration}` };

test.each<[string, Readonly<Record<string, string>>, 'wal' | undefined]>([
  ['options of a connection', { 'src/db.rs': 'options.journal_mode(SqliteJournalMode::Wal)' }, 'wal'],
  ['the address of a connection', { 'db/open.go': 'sql.Open("sqlite", "file:a.db?_pragma=journal_mode(WAL)")' }, 'wal'],
  ['another address', { 'db/open.go': 'params.Add("_journal_mode", "WAL")' }, 'wal'],
  ['a PRAGMA', { 'db/open.go': "db.Exec('PRAGMA journal_mode=wal')" }, 'wal'],
  ['a comment', { 'db/open.go': '// sets journal_mode=WAL' }, undefined],
  ['a database in memory', { 'db/open.go': 'sql.Open("sqlite", ":memory:?_journal_mode=WAL")' }, undefined],
  ['another journal', { 'db/open.go': 'sql.Open("sqlite", "a.db?_journal_mode=TRUNCATE")' }, undefined],
])('%s', (_name, program, journal) => {
  const { migrations } = readHistory(`${folderWith({ ...goose, ...program })}/db`);
  expect(migrations.map((each) => each.journal)).toEqual([journal]);
});
