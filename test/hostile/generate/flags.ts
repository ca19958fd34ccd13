import { type Input, type Kind, secret } from '../input.ts';
import type { Random } from '../random.ts';
import { ledgerOf } from './ledger.ts';
import { nameOf } from './names.ts';

const table = 'CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT);\n';
const production = {
  kind: 'database',
  sql: [table, `INSERT INTO a VALUES (1, '${secret}')`, ...ledgerOf([1])],
} as const;

const project = {
  'm/1_a.sql': table,
  'm/2_b.sql': 'ALTER TABLE a ADD COLUMN later TEXT;\n',
  'seeds/1_a.sql': "INSERT INTO a VALUES (1, 'x');\n",
  'p.db': production,
} as const;

const commands = [
  'check',
  'gate',
  'migrate',
  'profile',
  'seed',
  'explain',
  'nobody',
  '',
  '--version',
  '--help',
  'init',
  'demo',
  // A drill takes minutes by design, and has tests of its own.
  'drills',
  'constructor',
  '__proto__',
  '-h',
  'help',
] as const;

const names = [
  '--db',
  '--at',
  '--to',
  '--dry-run',
  '--seeds',
  '--base',
  '--dataset',
  '--seed',
  '--rows',
  '--profile',
  '--scale',
  '--since',
  '--interrupt',
  '--foreign-keys',
  '--transaction',
  '--double-quoted-strings',
  '--engine',
  '--config',
  '--format',
  '--fail-on',
  '--strict',
  '--max-deleted',
  '-o',
  '--output',
  '--include-values',
  '--keep-keys',
  '--at-least',
  '--force',
  '--help',
  '--version',
  '--nobody',
  '-x',
  '--',
  '--db=',
  '--seed=1',
  '--rows=2',
  '-',
  '--no-strict',
  '--integrity',
  '--limits',
] as const;

const usual = [
  '1',
  '2',
  '0',
  'm',
  'p.db',
  'on',
  'off',
  'none',
  'all-pending',
  'node',
  'json',
  'terminal',
  'never',
  'warning',
  '20%',
  'one-row',
  'typical,awkward',
  'fixture',
  'seeds',
  'gone',
  '0.01',
  '1_a',
] as const;

const oddities = [
  '',
  ' ',
  '-1',
  '1.5',
  'NaN',
  '1e3',
  '0x10',
  '99999999999999999999',
  '4294967296',
  '9007199254740991',
  '１',
  '1,2',
  ',',
  ',,',
  '%',
  '101%',
  '\u001b[31mx',
  '\u202ex',
  'a\nb',
  '\u007f',
  '\u0085',
  'x'.repeat(3000),
  '/',
  '..',
  '.',
  '{folder}',
  '/dev/null/x',
  'm/1_a.sql',
  '--db',
  '$HOME',
  '`id`',
  '%00',
  'file:p.db',
  ':memory:',
  'p.db?mode=rwc',
  'p.db ',
  'true',
  '[]',
  '{}',
] as const;

const wordOf = (random: Random): string =>
  random.weighted<string>([
    [5, random.pick(usual)],
    [3, random.pick(oddities)],
    [1, nameOf(random, 1).replaceAll('\u0000', '')],
  ]);

/** Numbers that ask for so many rows that they only take time. */
const isTooMuch = (args: readonly string[]): boolean =>
  args.some((arg, i) => /^--(?:rows|scale)$/.test(args[i - 1] ?? '') && Number(arg) > 50);

/** Command lines of every sort. */
export const flags: Kind = {
  name: 'flags',
  tries: { worker: 1000, command: 15 },
  generate: (random): Input => {
    const command = random.chance(0.8)
      ? random.pick(['check', 'gate', 'migrate', 'profile', 'seed', 'explain'] as const)
      : random.pick(commands);
    const needed: Readonly<Record<string, readonly string[]>> = {
      gate: ['--db', 'p.db'],
      migrate: ['--db', 'p.db'],
      profile: ['--db', 'p.db'],
      seed: ['-o', 'made.db'],
    };
    const known = random.chance(0.9) ? (Object.hasOwn(needed, command) ? (needed[command] ?? []) : []) : [];
    const more = random
      .times(0, 3, () => (random.chance(0.75) ? [random.pick(names), wordOf(random)] : [random.pick(names)]))
      .flat();
    const directory = random.chance(0.8) && command !== 'explain' ? ['m'] : random.chance(0.5) ? [wordOf(random)] : [];
    const args = [command, ...random.shuffled([directory, known, more]).flat()];
    const files = { ...project, ...(command === 'explain' ? {} : {}) };
    const shows = args.includes('--include-values') || args.includes('--keep-values');
    return {
      files,
      args: isTooMuch(args) ? ['check', 'm'] : args,
      outputs: outputsOf(args),
      secrets: command !== 'check' && command !== 'seed' && !shows,
      ...(command === 'migrate' ? { migrates: 'p.db' } : {}),
    };
  },
};

/** The outputs that the flags name: files that are not inputs. */
function outputsOf(args: readonly string[]): string[] {
  const named = args.flatMap((arg, i) => (/^(?:-o|--output)$/.test(args[i - 1] ?? '') ? [arg] : []));
  const made = args[0] === 'migrate' ? args.flatMap((arg, i) => (args[i - 1] === '--db' ? [arg.trim(), arg] : [])) : [];
  const inputs: readonly string[] = Object.keys(project);
  return [...named.filter((name) => !inputs.includes(name) && name !== 'm' && name !== 'seeds'), ...made];
}

/** Outputs over inputs, databases and migrations, by every name that leads there. */
export const outputs: Kind = {
  name: 'outputs',
  tries: { worker: 300, command: 8 },
  generate: (random): Input => {
    const target = random.pick([
      'p.db',
      './p.db',
      '{folder}/p.db',
      'link',
      'hard',
      'm/1_a.sql',
      'm/2_b.sql',
      'm/3_c.sql',
      'm',
      'seeds/1_a.sql',
      'rowproof.config.mjs',
      'other.db',
      'package.json',
      'p.db-wal',
      'p.db-journal',
      'm/../p.db',
      'P.DB',
      'loop',
      'base.sql',
      'seeds/production.profile.json',
      'notes.txt',
      'gone/x',
      'seeds/invariants/1_a.sql',
    ] as const);
    const command = random.weighted<string[]>([
      [3, ['gate', '--db', 'p.db', 'm']],
      [3, ['profile', '--db', 'p.db']],
      [3, ['check', 'm', '--rows', '2']],
      [2, ['check', 'm', '--rows', '2', '--base', 'base.sql']],
      [2, ['seed', 'm', '--rows', '2', '--force']],
      [1, ['seed', 'm', '--rows', '2']],
      [1, ['seed', 'm', '--rows', '2', '--force', '--base', 'other.db']],
    ]);
    const free = ['notes.txt', 'package.json', 'm/3_c.sql', 'seeds/production.profile.json'];
    // A user who forces a seed over a database that is not an input of the run has asked for it.
    const forced =
      command[0] === 'seed' && command.includes('--force')
        ? ['p.db', 'link', 'hard', ...(command.includes('other.db') ? [] : ['other.db'])]
        : [];
    return {
      files: {
        ...project,
        'rowproof.config.mjs': 'export default {};\n',
        'base.sql': 'CREATE TABLE z (a);\n',
        'other.db': { kind: 'database', sql: ['CREATE TABLE z (a)', 'INSERT INTO z VALUES (1)'] },
        'notes.txt': 'text',
        'package.json': '{"type":"module"}',
        'seeds/invariants/1_a.sql': 'SELECT 1 FROM a WHERE 0',
        link: { kind: 'link', to: 'p.db' },
        loop: { kind: 'link', to: 'loop' },
      },
      args: [
        ...command,
        ...(random.chance(0.3) && command[0] !== 'seed' && command[0] !== 'profile' ? ['--format', 'json'] : []),
        '-o',
        target,
      ],
      outputs: [...free, ...forced, 'P.DB', 'hard'],
    };
  },
};
