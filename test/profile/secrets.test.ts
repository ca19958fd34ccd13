import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printProfile } from '../../src/profile/print.ts';
import { quoteName, quoteString } from '../../src/sql/quote.ts';
import { breadth } from '../breadth.ts';
import { captured, type Options } from './capturing.ts';

/** The marker in every value: as text, and as digits where a value is a number. */
interface Marker {
  readonly text: string;
  readonly digits: string;
}

/** The marker as it may come back: in any case, in hexadecimal, and in base64 at each of its three alignments. */
function disguises({ text, digits }: Marker): string[] {
  return [text, digits].flatMap((secret) => {
    const bytes = Buffer.from(secret);
    const base64 = [0, 1, 2].map((shift) => {
      const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
      // The first and the last characters depend on what stands beside it.
      return encoded.slice(shift === 0 ? 0 : 4, -4);
    });
    const all = [secret, bytes.toString('hex'), [...secret].reverse().join(''), ...base64];
    // Four letters may stand in a word: 411 is NDEx.
    return all.filter((disguise) => disguise.length > 5);
  });
}

/** The marker's disguises that a profile has; none is what it must have. */
function leaks(marker: Marker, sql: string, options?: Options): string[] {
  const profile = printProfile(captured(sql, { atLeast: 5, ...options })).toLowerCase();
  return disguises(marker).filter((disguise) => profile.includes(disguise.toLowerCase()));
}

/** Values of every kind that contain a marker, as SQL; `n` tells apart those that are not to be equal. */
const kinds: Readonly<Record<string, (marker: Marker, n: number) => string>> = {
  text: ({ text }, n) => quoteString(`${text} ${n}`),
  word: ({ text }) => quoteString(text),
  email: ({ text }, n) => quoteString(`${text}${n}@${text}.example`),
  url: ({ text }, n) => quoteString(`https://${text}.example/${text}?${n}`),
  'number as text': ({ digits }, n) => quoteString(`${digits}${n}`),
  'leading zero': ({ digits }) => quoteString(`00${digits}`),
  moment: ({ digits }) => quoteString(`2024-03-09T12:00:00.${digits}Z`),
  integer: ({ digits }) => digits,
  'negative integer': ({ digits }, n) => `-${digits}${n % 10}`,
  'large integer': ({ digits }) => `90071992${digits}`,
  'epoch seconds': ({ digits }) => `170${digits}`,
  'epoch milliseconds': ({ digits }) => `170000${digits}`,
  real: ({ digits }, n) => `${digits}.${digits}${n}`,
  fraction: ({ digits }) => `0.0${digits}`,
  blob: ({ text }, n) => `x'${Buffer.from(`${text}${n}`).toString('hex')}'`,
  hex: ({ text }) => quoteString(Buffer.from(text).toString('hex')),
  base64: ({ text }) => quoteString(Buffer.from(text).toString('base64')),
  'JSON object': ({ text, digits }, n) =>
    quoteString(`{"${text}":"${text}${n}","${text}${n}":{"${text}":[${digits}]}}`),
  'JSON array': ({ text, digits }) => quoteString(`["${text}",{"${text}":${digits}}]`),
  'broken JSON': ({ text }) => quoteString(`{"${text}":`),
  JSONB: ({ text }) => `jsonb('{"${text}":"${text}"}')`,
};

const fixed: Marker = { text: 'Zq7Secret', digits: '8675309' };

describe('a marker in every value does not appear in the profile', () => {
  test.each(Object.keys(kinds))('%s', (kind) => {
    const value = (n: number): string => kinds[kind]?.(fixed, n) ?? '';
    const rows = (n: number, times: number): string =>
      `INSERT INTO t (c) VALUES ${Array(times).fill(`(${value(n)})`)};`;
    const create = `CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, c DEFAULT (${value(0)}) CHECK (c IS NOT ${value(1)} || '!'));
      CREATE INDEX partial ON t (c) WHERE c <> ${value(2)} || '!'; CREATE VIEW v AS SELECT ${value(3)} AS x;`;
    // Held by one row, by two, and by very many.
    const sql = `${create} ${rows(7, 1)} ${rows(8, 2)} ${rows(9, 500)}`;
    expect(leaks(fixed, sql)).toEqual([]);
    expect(leaks(fixed, `${create} ${rows(7, 1)}`)).toEqual([]);
  });

  test('rowids, counters and keys', () => {
    const sql = `CREATE TABLE p (id INTEGER PRIMARY KEY AUTOINCREMENT);
      CREATE TABLE t (p_id REFERENCES p, code TEXT, PRIMARY KEY (p_id, code)) WITHOUT ROWID;
      INSERT INTO p VALUES (8675309); INSERT INTO t VALUES (8675309, 'Zq7Secret'), (18675309, 'Zq7Secret');`;
    expect(leaks(fixed, sql)).toEqual([]);
    expect(leaks(fixed, `${sql} DELETE FROM p;`)).toEqual([]);
  });

  test('keys of JSON stay hidden where the columns have the marker in defaults and lists', () => {
    const sql = `CREATE TABLE t (c TEXT DEFAULT '{"Zq7Secret":1}' CHECK (c <> 'Zq7Secret' AND c NOT IN ('$.Zq7', 'Zq7Secret')));
      ${`INSERT INTO t VALUES ('{"Zq7Secret":"Zq7Secret"}');`.repeat(50)}`;
    expect(leaks(fixed, sql)).toEqual([]);
  });

  test('errors do not quote it', () => {
    const run = (): unknown =>
      captured(`CREATE TABLE t (c); INSERT INTO t VALUES ('Zq7Secret')`, { keepValues: ['t.d'] });
    expect(run).toThrow(expect.objectContaining({ message: expect.not.stringContaining('Zq7') }));
  });

  test('--keep-values shows no member that fewer rows hold', () => {
    const sql = `CREATE TABLE t (c); ${`INSERT INTO t VALUES ('open');`.repeat(5)}
      INSERT INTO t VALUES ('Zq7Secret'), ('Zq7Secret'), ('Zq7Secret'), ('Zq7Secret'), (8675309);`;
    const options = { keepValues: ['t.c'], atLeast: 5 };
    expect(leaks(fixed, sql, options)).toEqual([]);
    expect(printProfile(captured(sql, options))).toContain('"value": "open"');
    // The test can fail: a fifth holder makes it a member.
    expect(leaks(fixed, `${sql} INSERT INTO t VALUES ('Zq7Secret')`, options)).toContain('Zq7Secret');
  });

  test('--keep-keys shows no key that fewer documents hold', () => {
    const document = `INSERT INTO t VALUES ('{"Zq7Secret":"Zq7Secret"}');`;
    const options = { keepKeys: ['t.c'], atLeast: 5 };
    expect(leaks(fixed, `CREATE TABLE t (c); ${document.repeat(4)}`, options)).toEqual([]);
    expect(leaks(fixed, `CREATE TABLE t (c); ${document.repeat(5)}`, options)).toContain('Zq7Secret');
  });

  test('in any schema', () => {
    const markers = fc.record({
      text: fc.stringMatching(/^[A-Z][a-z]\d[A-Z][a-z]{5}$/),
      // No zero at the end, so that rounding has something to take away.
      digits: fc
        .integer({ min: 1_111_111, max: 9_999_999 })
        .filter((n) => n % 10 > 0)
        .map(String),
    });
    const types = fc.constantFrom('', 'TEXT', 'INTEGER', 'REAL', 'BLOB', 'NUMERIC', 'TEXT COLLATE NOCASE');
    const columns = fc.array(fc.tuple(types, fc.constantFrom(...Object.keys(kinds)), fc.boolean()), {
      minLength: 1,
      maxLength: 6,
    });
    const rows = fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 12 })), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(markers, columns, rows, fc.boolean(), (marker, plan, list, withoutRowid) => {
        const value = (kind: string, n: number): string => kinds[kind]?.(marker, n) ?? '';
        const names = plan.map((_, i) => quoteName(`column ${i}`));
        const lines = plan.map(
          ([type, kind, indexed], i) =>
            `${names[i]} ${type} DEFAULT (${value(kind, 0)})${indexed ? ' REFERENCES t' : ''}`,
        );
        const end = withoutRowid ? ' WITHOUT ROWID' : '';
        const indexes = plan.map(([, , indexed], i) => (indexed ? `CREATE INDEX "i${i}" ON t (${names[i]});` : ''));
        let id = 0;
        const inserts = list.flatMap(([n, times]) =>
          Array.from({ length: times }, () => {
            id += 1;
            return `INSERT INTO t VALUES (${quoteString(`${marker.text}${id}`)}, ${plan.map(([, kind]) => value(kind, n))});`;
          }),
        );
        const sql = `CREATE TABLE t (id TEXT PRIMARY KEY, ${lines})${end}; ${indexes.join(' ')} ${inserts.join(' ')}`;
        expect(leaks(marker, sql)).toEqual([]);
      }),
      { numRuns: breadth(60, 300) },
    );
  });
});
