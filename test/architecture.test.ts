import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const source = join(import.meta.dirname, '..', 'src');

/** The imports that each room may have: other rooms, and packages. Files of src itself are rooms of one file. */
const rooms: Readonly<Record<string, { readonly rooms: readonly string[]; readonly packages?: readonly string[] }>> = {
  model: { rooms: [], packages: ['@faker-js/faker'] },
  errors: { rooms: [] },
  // One way to remember what depends on an object alone.
  memoized: { rooms: [] },
  // Files as such: what may be read, written over or swept, whatever is in them.
  files: {
    rooms: ['errors', 'text'],
    packages: ['node:child_process', 'node:crypto', 'node:fs', 'node:path', 'node:stream', 'node:zlib'],
  },
  'supported-node': { rooms: ['errors'] },
  version: { rooms: [], packages: ['node:fs'] },
  sql: { rooms: ['memoized', 'model'] },
  text: { rooms: ['model'] },
  // Which migration is meant, whatever it is called by.
  identity: { rooms: ['errors', 'model', 'text'] },
  // Whose code threw, and how much memory there is: asked from the edges and from where user code is run.
  blame: { rooms: [], packages: ['node:path', 'node:process', 'node:url', 'node:util'] },
  machine: { rooms: [], packages: ['node:os', 'node:process'] },
  // Wherever user code or user SQL is run, it is noted what runs, for the thread that ends it.
  watch: {
    rooms: ['model', 'report'],
    packages: ['node:async_hooks', 'node:fs', 'node:path', 'node:process', 'node:tty', 'node:worker_threads'],
  },
  supervise: {
    rooms: ['blame', 'machine', 'report', 'watch'],
    packages: ['node:child_process', 'node:fs', 'node:process', 'node:stream', 'node:timers/promises'],
  },
  config: { rooms: ['errors', 'machine', 'model', 'text'], packages: ['zod'] },
  // Rows that schemas allow and code forgets: the words, the query and the rank of each kind of hazard.
  hazards: { rooms: ['model', 'sql'] },
  load: {
    rooms: ['blame', 'errors', 'files', 'identity', 'model', 'sql', 'watch'],
    packages: ['jiti', 'node:buffer', 'node:fs', 'node:path', 'node:url'],
  },
  directives: { rooms: ['errors', 'model', 'sql'] },
  tools: {
    rooms: ['directives', 'errors', 'identity', 'load', 'model', 'sql'],
    packages: ['node:crypto', 'node:fs', 'node:path', 'node:process', 'node:zlib'],
  },
  database: {
    rooms: ['blame', 'errors', 'files', 'identity', 'memoized', 'model', 'sql', 'supported-node', 'text', 'watch'],
    packages: [
      '@sqlite.org/sqlite-wasm',
      'better-sqlite3',
      'node:child_process',
      'node:fs',
      'node:fs/promises',
      'node:os',
      'node:path',
      'node:process',
      'node:sqlite',
      'node:timers/promises',
      'node:url',
    ],
  },
  // The thread of the user's programs, and what stands in for drivers there; the main thread has the database.
  programs: {
    rooms: ['blame', 'errors', 'files', 'load', 'model', 'sql', 'text', 'tools', 'watch'],
    packages: [
      'node:async_hooks',
      'node:child_process',
      'node:events',
      'node:fs',
      'node:module',
      'node:os',
      'node:path',
      'node:process',
      'node:url',
      'node:worker_threads',
    ],
  },
  seed: {
    rooms: ['hazards', 'memoized', 'model', 'sql', 'text'],
    packages: ['@faker-js/faker', '@faker-js/faker/locale/en'],
  },
  rows: { rooms: ['database', 'model', 'sql'] },
  apply: { rooms: ['database', 'errors', 'identity', 'model', 'rows', 'sql', 'watch'] },
  locate: { rooms: ['database', 'model', 'sql'] },
  // How the work of migrations grows with the rows, and what they cost on a copy.
  cost: { rooms: ['database', 'model', 'sql'], packages: ['node:fs', 'node:path', 'node:worker_threads'] },
  // The rows that a difference is about.
  fault: { rooms: ['database', 'memoized', 'model', 'sql'] },
  compare: { rooms: ['model', 'sql'] },
  explain: { rooms: ['hazards', 'model', 'sql', 'text'], packages: ['node:crypto'] },
  report: {
    rooms: ['explain', 'model', 'sql', 'text'],
    packages: ['diff', 'fast-xml-builder', 'string-width', 'node:crypto', 'node:fs', 'sarif'],
  },
  shrink: { rooms: ['model', 'sql'] },
  // The smallest case of a finding, as a database and as a script.
  reproduce: { rooms: ['database', 'model', 'shrink', 'sql'] },
  // Corrected texts; the harness runs them.
  rewrite: { rooms: ['model', 'sql'] },
  // A migrator under faults: in this process on files of its own, and in processes that the harness starts for it.
  drill: {
    rooms: ['database', 'errors', 'files', 'model', 'sql', 'text'],
    packages: [
      'node:child_process',
      'node:crypto',
      'node:events',
      'node:fs',
      'node:path',
      'node:process',
      'node:timers/promises',
    ],
  },
  // The statements of an application, before and after pending migrations.
  queries: { rooms: ['database', 'model', 'sql', 'watch'] },
  gate: { rooms: ['apply', 'cost', 'database', 'directives', 'errors', 'model', 'queries', 'sql', 'watch'] },
  profile: { rooms: ['database', 'errors', 'hazards', 'model', 'sql', 'text'] },
  datasets: {
    rooms: [
      'apply',
      'blame',
      'database',
      'directives',
      'errors',
      'identity',
      'memoized',
      'model',
      'seed',
      'sql',
      'text',
      'watch',
    ],
    packages: ['node:path'],
  },
  isolate: { rooms: ['apply', 'hazards', 'model', 'shrink', 'sql', 'watch'] },
  // The judgement of a step, for any command that ran it.
  judge: {
    rooms: ['apply', 'compare', 'database', 'explain', 'fault', 'isolate', 'locate', 'model', 'reproduce', 'watch'],
  },
  harness: {
    rooms: [
      'apply',
      'blame',
      'compare',
      'config',
      'cost',
      'database',
      'datasets',
      'directives',
      'drill',
      'errors',
      'explain',
      'fault',
      'files',
      'gate',
      'identity',
      'isolate',
      'judge',
      'load',
      'model',
      'profile',
      'programs',
      'queries',
      'rewrite',
      'seed',
      'sql',
      'text',
      'tools',
      'version',
      'watch',
    ],
    packages: ['node:fs', 'node:path', 'node:process', 'node:util'],
  },
  api: { rooms: ['config', 'harness', 'model', 'report', 'watch'] },
  cli: {
    rooms: [
      'config',
      'errors',
      'explain',
      'files',
      'harness',
      'init',
      'load',
      'model',
      'profile',
      'report',
      'supervise',
      'text',
      'version',
      'watch',
    ],
    packages: [
      'commander',
      'node:fs',
      'node:os',
      'node:path',
      'node:process',
      'node:readline/promises',
      'node:url',
      'node:util',
    ],
  },
  vitest: {
    rooms: ['config', 'model', 'report', 'suite'],
    packages: ['node:path', 'vitest'],
  },
  suite: { rooms: ['config', 'errors', 'harness', 'model', 'report', 'watch'], packages: ['node:path'] },
  init: { rooms: ['text'], packages: ['node:fs', 'node:path', 'zod'] },
  index: { rooms: ['api', 'config', 'errors', 'model', 'seed', 'suite'] },
  bin: { rooms: ['supervise', 'supported-node'], packages: ['node:path', 'node:process', 'node:url'] },
  command: { rooms: ['cli', 'supervise', 'watch'], packages: ['node:process'] },
};

/** Rooms that are folders. The file of `src` that has the name of a folder belongs to it. */
const folders = readdirSync(source, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const imports = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => importsOf(file.replaceAll('\\', '/')));

describe('rooms', () => {
  test('every file lies in a room of the table', () => {
    expect([...new Set(imports.map(({ from }) => from))].filter((room) => !(room in rooms))).toEqual([]);
  });

  test.each(Object.entries(rooms))('%s imports only allowed rooms', (room, allowed) => {
    const used = imports.filter(({ from, to }) => from === room && to !== room);
    const forbidden = used.filter(({ to }) => !allowed.rooms.includes(to) && !(allowed.packages ?? []).includes(to));
    expect(forbidden.map(({ file, to }) => `${file} imports ${to}`)).toEqual([]);
  });

  test('imports go in one direction: no room reaches itself through others', () => {
    const reached = (room: string, path: readonly string[]): string[] =>
      (rooms[room]?.rooms ?? []).flatMap((next) =>
        path.includes(next) ? [[...path, next].join(' → ')] : reached(next, [...path, next]),
      );
    expect(Object.keys(rooms).flatMap((room) => reached(room, [room]))).toEqual([]);
  });

  test('each external package is imported by one room', () => {
    const outside = imports.filter(({ to, typeOnly }) => !(to in rooms) && !to.startsWith('node:') && !typeOnly);
    const homes = Map.groupBy(outside, ({ to }) => to);
    const shared = [...homes].filter(([, uses]) => new Set(uses.map(({ from }) => from)).size > 1);
    expect(shared.map(([name]) => name)).toEqual([]);
  });
});

/** Folders of plug-ins, each of which has the same files on purpose. */
const plugIns = /^(?:explain\/rules|tools)\/[^/]+\//;

test('no name of a file occurs twice in one room', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !plugIns.test(file));
  const named = Map.groupBy(files, (file) => `${roomOf(file)} ${file.slice(file.lastIndexOf('/') + 1)}`);
  expect([...named.values()].filter((each) => each.length > 1)).toEqual([]);
});

test('no two files export a type of one name', () => {
  const types = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      [...readFileSync(join(source, file), 'utf8').matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => ({
        name,
        file: file.replaceAll('\\', '/'),
      })),
    );
  const shared = [...Map.groupBy(types, ({ name }) => name)].filter(([, each]) => each.length > 1);
  expect(shared.map(([name, each]) => `${name}: ${each.map(({ file }) => file).join(', ')}`)).toEqual([]);
});

test('one reader counts parentheses', () => {
  const counting = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && /\bdepth (?:\+|-)= 1\b/.test(readFileSync(join(source, file), 'utf8')))
    .map((file) => file.replaceAll('\\', '/'));
  expect(counting).toEqual(['sql/words.ts']);
});

describe('the purpose of a room', () => {
  test.each(folders)('one file of %s begins with a comment of one or two lines on its purpose', (room) => {
    const files = [
      join(source, `${room}.ts`),
      ...readdirSync(join(source, room)).map((name) => join(source, room, name)),
    ];
    const comments = files
      .filter((file) => file.endsWith('.ts') && existsSync(file))
      .map((file) => /^(?:\/\/ .*\n)*/.exec(readFileSync(file, 'utf8'))?.[0] ?? '')
      .filter((comment) => comment !== '');
    expect(comments).toEqual([expect.stringMatching(/^\/\/ This room .*\n(?:.*\n)?$/)]);
  });

  test('CONTRIBUTING has a row for each room that is a folder', () => {
    const text = readFileSync(join(source, '..', '.github', 'CONTRIBUTING.md'), 'utf8');
    const rows = [...text.matchAll(/^\| (`.*\/`) \|/gm)].flatMap(([, names = '']) => names.split(', '));
    const named = rows.map((name) => /^`([\w-]+)\//.exec(name)?.[1] ?? name);
    expect(named.sort()).toEqual(folders);
  });
});

function importsOf(file: string): Import[] {
  const text = readFileSync(join(source, file), 'utf8');
  const found = text.matchAll(
    /^(?:import|export)\s+(type\s+)?(?:[^;]*?\sfrom\s+)?'([^']+)'|\b(?:import|getBuiltinModule)\('([^']+)'\)/gm,
  );
  return [...found].map(([, type, still, dynamic]) => {
    const target = still ?? dynamic ?? '';
    const to = target.startsWith('.') ? roomOf(join(dirname(file), target)) : target;
    return { file, from: roomOf(file), to, typeOnly: type !== undefined };
  });
}

function roomOf(path: string): string {
  const [first = ''] = relative('.', path).replaceAll('\\', '/').split('/');
  return first.replace(/\.ts$/, '');
}
