/** Where statements end is for SQLite to say; the splitter must agree with it on whatever compiles. */
import { expect, test } from 'vitest';
import { splitStatements } from '../../src/sql/statements.ts';
import { openReader } from './tails.ts';

const seed = Number(process.env['HOSTILE_SEED'] ?? 20261129);
const wanted = 1_000_000;

/** mulberry32: small, fast, and the same everywhere. */
function random(start: number): (below: number) => number {
  let state = start;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Statements that compile, their tokens apart, so that anything may stand between. */
const templates = [
  'SELECT 1',
  'SELECT a , "b" FROM t',
  "SELECT 'x;y' , [a] , `b` FROM t -- ; c\n",
  "INSERT INTO t VALUES ( 'it''s;' , x'3b' )",
  'INSERT INTO t ( a ) VALUES ( $v )',
  'INSERT INTO t ( a ) VALUES ( @v ) , ( :v ) , ( ?1 )',
  'UPDATE t SET a = 1.5e3 WHERE b = $a(1)',
  'DELETE FROM u WHERE a = $a::b(x;y)',
  'CREATE TEMP TABLE IF NOT EXISTS n1 ( c )',
  'CREATE TRIGGER IF NOT EXISTS r1 AFTER INSERT ON t BEGIN SELECT CASE WHEN 1 THEN 2 END ; UPDATE u SET a = 1 ; END',
  'CREATE TEMP TRIGGER IF NOT EXISTS r2 AFTER DELETE ON t BEGIN DELETE FROM u ; END',
  'EXPLAIN QUERY PLAN CREATE TRIGGER r3 DELETE ON t BEGIN SELECT 1 ; SELECT 2 ; END',
  'EXPLAIN SELECT 1',
  'ALTER TABLE t RENAME TO t',
  "ATTACH ':memory:' AS x1",
  'VACUUM',
  'PRAGMA user_version',
  'BEGIN',
  'COMMIT',
  'END',
  'SAVEPOINT s',
  'SELECT a -> 1 , b ->> 2 , a || b FROM t /* ; */',
].map((text) => text.split(' '));

const between = [
  ' ',
  ' ',
  ' ',
  '\n',
  '\t',
  '\f',
  '\r\n',
  ' \v',
  '\v',
  '\ufeff',
  ' \ufeff ',
  '/*;*/',
  '/**/',
  '--;\n',
  '-- \ufeff\n',
  '/* \u2028 */',
  '',
];
const mutations = [
  '\ufeff',
  '\v',
  '\0',
  '$a(',
  '$',
  '@',
  '#',
  '#1',
  ';',
  ';;',
  "'",
  '"',
  '`',
  '[',
  ']',
  '--',
  '/*',
  '*/',
  '(',
  ')',
  '\n',
  'END',
  '; END',
  'é',
  '\u00a0',
  '\u200b',
  '1_0',
  '0x',
  "x'",
  '::',
  '?',
  'CREATE ',
  'TRIGGER ',
  'EXPLAIN ',
  'BEGIN ',
];

function make(below: (limit: number) => number): string {
  const pick = <T>(list: readonly T[]): T => {
    const picked = list[below(list.length)];
    if (picked === undefined) throw new Error('an empty list');
    return picked;
  };
  let text = '';
  for (let count = 1 + below(3); count > 0; count--) {
    text += pick(between);
    for (const word of pick(templates)) text += word + (below(6) === 0 ? pick(between) || ' ' : ' ');
    text += below(8) === 0 ? pick(between) : ';';
  }
  for (let count = below(3); count > 0; count--) {
    const at = below(text.length + 1);
    text = text.slice(0, at) + pick(mutations) + text.slice(at + (below(4) === 0 ? 1 : 0));
  }
  return text;
}

test(`the splitter agrees with SQLite on a million texts that compile (seed ${seed})`, async () => {
  const read = await openReader();
  const below = random(seed);
  let compiled = 0;
  let made = 0;
  while (compiled < wanted) {
    const text = make(below);
    made += 1;
    const { statements, compiles } = read(text);
    if (!compiles) continue;
    compiled += 1;
    const ours = splitStatements(text).map(({ sql }) => sql);
    const theirs = statements.flatMap((each) => splitStatements(each).map(({ sql }) => sql));
    if (ours.length === statements.length && theirs.length === ours.length && ours.every((sql, i) => sql === theirs[i]))
      continue;
    expect({ text, ours }).toEqual({ text, ours: statements });
  }
  console.log(`${compiled} of ${made} texts compile; all are split as SQLite splits them.`);
});
