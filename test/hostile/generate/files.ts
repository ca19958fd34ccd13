import type { Content, Input, Kind } from '../input.ts';
import type { Random } from '../random.ts';
import { unusual } from './characters.ts';
import { ledgerOf } from './ledger.ts';
import { nameOf } from './names.ts';

const table = 'CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT);\n';
const later = 'ALTER TABLE a ADD COLUMN later TEXT;\n';

const utf16 = (text: string, bigEndian: boolean): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};

const bytesOf = (random: Random, text: string): Uint8Array | string =>
  random.weighted<Uint8Array | string>([
    [2, `\ufeff${text}`],
    [1, `\ufeff\ufeff${text}`],
    [1, utf16(text, false)],
    [1, utf16(text, true)],
    [1, utf16(text, false).subarray(2)],
    [1, Buffer.from(`${text}-- é`, 'latin1')],
    [1, Buffer.concat([Buffer.from(text), Uint8Array.from(random.times(1, 20, () => random.int(0, 255)))])],
    [1, Buffer.concat([Buffer.from(`${text}-- `), Buffer.from('eda080c3280a', 'hex'), Buffer.from(text)])],
    [1, Uint8Array.from(random.times(0, 400, () => random.int(0, 255)))],
    [1, ''],
    [1, ' \n\t'],
    [1, ';'],
    [1, '-- only a comment'],
    [1, text.replaceAll('\n', '\r')],
    [1, text.replaceAll('\n', '\r\n')],
    [1, `${text}\u001a`],
    [1, `${text}\u0000`],
    [1, `#!/usr/bin/sqlite3\n${text}`],
    [1, `\u001f\u008b${text}`],
    [1, `.mode csv\n${text}`],
    [1, `${text}\\c x\nGO\nDELIMITER //\n`],
    [1, text + unusual(random)],
    [1, unusual(random) + text],
    [1, text.repeat(random.int(2, 400))],
    [1, `-- ${'x'.repeat(random.int(1, 300000))}\n${text}`],
  ]);

/** The same files in other encodings, and bytes that are none. */
export const encodings: Kind = {
  name: 'encodings',
  tries: { worker: 500, command: 6 },
  generate: (random) => {
    const place = random.weighted<string>([
      [5, 'm/2_b.sql'],
      [1, 'seeds/1_a.sql'],
      [1, 'seeds/invariants/1_a.sql'],
      [1, 'base.sql'],
      [1, 'seeds/production.profile.json'],
      [1, 'rowproof.config.mjs'],
      [1, 'seeds/1_b.mjs'],
    ]);
    const text = place.includes('invariant')
      ? 'SELECT 1 FROM a WHERE 0\n'
      : place === 'base.sql'
        ? 'CREATE TABLE z (a);\n'
        : place.endsWith('mjs')
          ? 'export default {};\n'
          : later;
    return {
      files: { 'm/1_a.sql': table, [place]: bytesOf(random, text) },
      args: ['check', 'm', '--rows', '3', ...(place === 'base.sql' ? ['--base', 'base.sql'] : [])],
    };
  },
};

const odd = [
  '1_a.sql',
  '01_b.sql',
  '0001_a.SQL',
  '0002_b.SQL',
  '2.sql',
  '2',
  '2_',
  '2_b',
  '2_b.sql ',
  ' 2_b.sql',
  '2_b.up.sql',
  '2_b.down.sql',
  '-2_b.sql',
  '+2_b.sql',
  '2.5_b.sql',
  '1e3_b.sql',
  '0x2_b.sql',
  '٢_b.sql',
  '２_b.sql',
  '9007199254740991_x.sql',
  '9007199254740992_x.sql',
  '99999999999999999999999_x.sql',
  '0_x.sql',
  '00000000000_x.sql',
  'V1__a.sql',
  'R__a.sql',
  'meta/_journal.json',
  '20240101_x/migration.sql',
  '20240101_x/up.sql',
  '2_b.ts',
  '2_b.js',
  '2_b.py',
  '2_b.sh',
  '2_b.sql.bak',
  '.2_b.sql',
  '2_b.sql~',
  '#2_b.sql#',
  '2_b.sql.swp',
  '2_\u001b[31mb.sql',
  '2_b\n.sql',
  '2_\u202eb.sql',
  '2_\ufeffb.sql',
  '2_\u007f.sql',
  "2_it's.sql",
  '2_"b".sql',
  '2_$(x).sql',
  '2_`x`.sql',
  '2_%s.sql',
  '2_..sql',
  '2_-- rowproof: x.sql',
  '2_😀.sql',
  '2_e\u0301.sql',
  `2_${'x'.repeat(240)}.sql`,
  'Thumbs.db',
  '.DS_Store',
  '2_b.d.ts',
  '2 b.sql',
  '2-b.sql',
  '2.b.sql',
  'schema.sql',
  'README.md',
  '2_b.sql/x',
  '2_b.sqlite',
  '0002_b.Sql',
  '2_constructor.sql',
  '2___proto__.sql',
] as const;

/** Folders with names, numbers and neighbours as they come. */
export const trees: Kind = {
  name: 'trees',
  tries: { worker: 600, command: 6 },
  generate: (random) => {
    const folder = random.weighted<string>([
      [8, 'm'],
      [1, 'm n'],
      [0.5, 'm\nn'],
      [0.5, 'm\u001b[31m'],
      [0.5, '\u202em'],
      [0.5, 'm\'"'],
      [0.5, '-m'],
      [0.5, 'db/migrations'],
      [0.5, 'x/../m'],
      [0.5, '__proto__'],
    ]);
    const names = [...new Set(random.times(1, 4, () => random.pick(odd)))];
    const files = names.map((name, i): [string, Content] => [
      `${folder}/${name}`,
      random.weighted<Content>([
        [8, i === 0 ? table : 'SELECT 1;\n'],
        [1, { kind: 'folder' }],
        [0.5, { kind: 'link', to: random.pick(['gone.sql', '1_a.sql', '.', '..', '/dev/null', '/'] as const) }],
        [0.5, ''],
        [0.5, '-- +goose Up\nSELECT 1;'],
        [0.5, '-- migrate:up\nSELECT 1;'],
      ]),
    ]);
    const dir = random.weighted<string>([
      [8, folder],
      [1, `./${folder}`],
      [1, `${folder}/`],
      [1, `${folder}//`],
      [1, `{folder}/${folder}`],
      [0.5, 'gone'],
      [0.5, ''],
      [0.5, `${folder}/1_a.sql`],
    ]);
    const command = random.weighted<Omit<Input, 'files'>>([
      [6, { args: ['check', '--rows', '2', '--', dir] }],
      [1, { args: ['migrate', '--db', 'p.db', '--', dir], outputs: ['p.db'] }],
      [1, { args: ['seed', '-o', 'made.db', '--rows', '2', '--', dir], outputs: ['made.db'] }],
      [1, { args: ['check', '--rows', '2', '--format', 'json', '--', dir] }],
    ]);
    const safe = files.filter(
      ([name], i) =>
        !files.some(([other], j) => i !== j && (name.startsWith(`${other}/`) || (name === other && i > j))),
    );
    const seeds = random.chance(0.1)
      ? { [`seeds/${nameOf(random, 1).replaceAll(/[/\0]/g, '').slice(0, 100)}1.sql`]: '' }
      : {};
    return { files: { ...Object.fromEntries(safe), ...seeds }, ...command };
  },
};

const places = [
  'm',
  'm/2_b.sql',
  'seeds',
  'seeds/1_a.sql',
  'seeds/1_a.ts',
  'seeds/invariants',
  'seeds/invariants/1_a.sql',
  'base.db',
  'base.sql',
  'p.db',
  'p.db-wal',
  'p.db-journal',
  'rowproof.config.mjs',
  'seeds/production.profile.json',
  'package.json',
  'out.json',
  'made.db',
] as const;

/** Pipes, devices, links, folders and what may not be read, where files are expected: each in a process of its own. */
export const specials: Kind = {
  name: 'specials',
  tries: { command: 70 },
  generate: (random) => {
    const place = random.pick(places);
    const content = random.weighted<Content>([
      [3, { kind: 'pipe' }],
      [2, { kind: 'folder' }],
      [
        4,
        {
          kind: 'link',
          to: random.pick([
            'gone',
            '{folder}/gone/gone',
            '/dev/null',
            '/dev/zero',
            '/dev/full',
            '/dev/tty',
            '/proc/self/mem',
            '/proc/self/environ',
            '/proc/kmsg',
            '.',
            '/',
            place.split('/').at(-1) ?? '',
            '/dev/stdin',
            '/dev/urandom',
          ] as const),
        },
      ],
    ]);
    const production: Content = { kind: 'database', sql: [table, ...ledgerOf([1])] };
    const files: Record<string, Content> = { 'm/1_a.sql': table, 'm/2_b.sql': later, 'p.db': production };
    for (const name of Object.keys(files)) if (name === place || name.startsWith(`${place}/`)) delete files[name];
    const command = ((): Omit<Input, 'files'> => {
      if (place.startsWith('base')) return { args: ['check', 'm', '--base', place] };
      if (place.startsWith('p.db')) {
        const args = random.pick<readonly string[]>([
          ['gate', '--db', 'p.db', 'm'],
          ['profile', '--db', 'p.db'],
          ['migrate', '--db', 'p.db', 'm'],
          ['migrate', '--db', 'p.db', 'm', '--dry-run'],
        ]);
        return { args, outputs: args[0] === 'migrate' ? ['p.db', 'gone'] : [] };
      }
      if (place === 'out.json')
        return { args: ['check', 'm', '--rows', '2', '-o', 'out.json'], outputs: ['out.json', 'gone'] };
      if (place === 'made.db')
        return {
          args: ['seed', 'm', '--rows', '2', '-o', 'made.db', ...(random.chance(0.5) ? ['--force'] : [])],
          outputs: ['made.db', 'gone'],
        };
      return { args: ['check', 'm', '--rows', '2'] };
    })();
    return random.chance(0.15)
      ? heldOrForbidden(random, production)
      : { files: { ...files, [place]: content }, ...command };
  },
};

function heldOrForbidden(random: Random, production: Content): Input {
  const files = { 'm/1_a.sql': table, 'm/2_b.sql': later, 'p.db': production };
  const args = random.pick<readonly string[]>([
    ['gate', '--db', 'p.db', 'm'],
    ['profile', '--db', 'p.db'],
    ['migrate', '--db', 'p.db', 'm'],
    ['check', 'm', '--rows', '2', '--base', 'p.db'],
    ['check', 'm', '-o', 'out.json'],
    ['seed', '-o', 'made.db', 'm'],
  ]);
  const outputs = args[0] === 'migrate' ? ['p.db'] : ['out.json', 'made.db'];
  if (random.chance(0.5)) return { files, args, outputs, asNobody: true };
  return {
    files,
    args,
    outputs,
    held: { file: 'p.db', sql: random.pick(['BEGIN EXCLUSIVE', 'BEGIN IMMEDIATE', 'BEGIN; SELECT * FROM a'] as const) },
  };
}
