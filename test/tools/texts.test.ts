/** The ends of lines and a byte order mark change nothing that the tool itself does not mind. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readHistory } from '../../src/tools/history.ts';
import { folderWith } from '../temporary.ts';

const samples = join(import.meta.dirname, 'samples');

/** The folder of migrations of a sample: the one that most of its SQL lies in or below. */
function placeOf(sample: string): string {
  const known: Readonly<Record<string, string>> = {
    'drizzle-0x': 'drizzle',
    'drizzle-1x': 'drizzle',
    prisma: 'prisma/migrations',
    dbmate: 'db/migrations',
    flyway: 'sql',
    liquibase: 'changelog',
    sqldelight: 'src/main/sqldelight/migrations',
  };
  return known[sample] ?? 'migrations';
}

test.each(readdirSync(samples))('%s', (sample) => {
  const folder = mkdtempSync(join(tmpdir(), 'rowproof texts '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(samples, sample), folder, { recursive: true });
  const place = join(folder, placeOf(sample));
  const read = (): unknown =>
    readHistory(place).migrations.map(({ id, name, kind, settings, statements, refusals }) => [
      ...[id, name, kind, settings, refusals],
      ...statements.map(({ line, head }) => [line, head]),
    ]);
  const before = read();
  for (const file of readdirSync(place, { recursive: true, encoding: 'utf8' })) {
    if (!/\.sq[lm]$/.test(file)) continue;
    const path = join(place, file);
    // sqlx minds the mark, as the next test shows.
    const mark = sample.startsWith('sqlx') ? '' : '\ufeff';
    writeFileSync(path, `${mark}${readFileSync(path, 'utf8').replaceAll('\n', '\r\n')}`);
  }
  expect(read()).toEqual(before);
});

test('sqlx does not see its opt-out behind a byte order mark', () => {
  const text = '-- no-transaction\nCREATE TABLE a (b);';
  const settings = (content: string): unknown =>
    readHistory(`${folderWith({ 'Cargo.toml': 'sqlx = "0.8"', 'm/1_a.sql': content })}/m`).migrations[0]?.settings;
  expect([settings(text), settings(`\ufeff${text}`)]).toEqual([{ transaction: 'none' }, undefined]);
});
