import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { HarnessError } from '../errors.ts';
import type { Program, ProgramConnection, ProgramEnd } from '../model/program.ts';
import type { MigratorCommand } from '../model/tool.ts';
import { lineOfError } from '../text/error-line.ts';
import { statementLimit } from '../watch/activity.ts';
import { environmentWithoutDatabases, refuseOtherDatabases } from './other-databases.ts';
import { quoteForShell } from './shell-words.ts';
import { readStatementLog } from './statement-log.ts';

/** Tables that migrators of other languages keep for themselves. */
export const knownLedgers = [
  ...['alembic_version', 'django_migrations', 'schema_migrations', 'ar_internal_metadata', '__EFMigrationsHistory'],
  ...['__EFMigrationsLock', 'goose_db_version', 'flyway_schema_history', '_sqlx_migrations', 'DATABASECHANGELOG'],
  ...['DATABASECHANGELOGLOCK', 'phinxlog', 'migrations', 'doctrine_migration_versions', 'gorp_migrations'],
];

/** The output of a command, and its ending. */
interface Said {
  readonly status: number | null;
  readonly timedOut: boolean;
  readonly text: string;
  readonly streams: Readonly<Record<'stdout' | 'stderr', string>>;
}

/** Migrations that a command applies, each in a process of its own. */
export interface Commands {
  readonly program: (version: string) => Program;
  /** The migrations whose log did not tell all that they have done, in some run; it grows with the runs. */
  readonly untold: readonly string[];
  /** The output of the commands since the last call. */
  readonly takeOutput: () => string;
}

/**
 * Applies one migration to a file that nobody else has open.
 * @returns the last line of an error; null where the command succeeded.
 */
export function applyByCommand(migrator: MigratorCommand, file: string, version: string): string | null {
  const said = runCommand(migrator.up, migrator, { file, version });
  const end = said.status === 0 ? null : ended(said, false);
  return end === null || end.kind === 'done' ? null : end.message;
}

/** Asks a migrator which migrations there are. @throws HarnessError `bad-programs` where the command fails */
export function listByCommand(migrator: MigratorCommand): string[] | null {
  if (migrator.list === null) return null;
  refuseOtherDatabases(migrator);
  const said = runCommand(migrator.list, migrator, { file: '', version: '' });
  if (said.status === 0) return said.text.split('\n').filter((line) => line.trim() !== '');
  throw new HarnessError('bad-programs', `The command that lists the migrations failed: ${lineOfError(said.text)}.`, {
    remedy: `Run it by hand: ${migrator.list}`,
    facts: { command: migrator.list },
  });
}

/**
 * Makes programs of what a command applies. A first one that leaves the database as it was has worked on another.
 * @throws HarnessError `bad-programs` where it names a database of the project
 */
export function openCommands(migrator: MigratorCommand): Commands {
  refuseOtherDatabases(migrator);
  const { statements: log } = migrator;
  const untold: string[] = [];
  let output = '';
  let hasMoved = false;
  const apply = (version: string, file: string): Said => {
    const before = hasMoved ? null : readFileSync(file);
    const said = runCommand(migrator.up, migrator, { file, version });
    output += said.text;
    if (said.status !== 0) return said;
    if (before?.equals(readFileSync(file)) === true && !hasLog(file)) throw workedElsewhere(migrator, version);
    hasMoved = true;
    return said;
  };
  const run = (version: string, connection: ProgramConnection): ProgramEnd => {
    if (log === null) return connection.lend((file) => ended(apply(version, file), false));
    const { result, isToldApart } = connection.lendLogged(
      (file) => apply(version, file),
      ({ status, streams }) => ({
        statements: readStatementLog(streams[log.stream], log.pattern),
        hasFailed: status !== 0,
      }),
    );
    if (!isToldApart && !untold.includes(version)) untold.push(version);
    return ended(result, isToldApart);
  };
  return {
    takeOutput: () => {
      const taken = output;
      output = '';
      return taken;
    },
    untold,
    program: (version) => ({ isRecorded: true, isSlow: true, run: (connection) => run(version, connection) }),
  };
}

/** A command as a shell takes it, with the variables of its environment. */
export interface FilledCommand {
  readonly line: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Puts the database and the migration into a command. */
export function fillCommand(
  command: string,
  { env }: Pick<MigratorCommand, 'env'>,
  words: { readonly file: string; readonly version: string },
): FilledCommand {
  const fill = (text: string, quote: (value: string) => string): string =>
    text
      .replaceAll('{file}', quote(words.file))
      .replaceAll('{version}', quote(words.version))
      .replaceAll('{project}', quote(process.cwd()));
  return {
    line: fill(command, quoteForShell),
    env: {
      ...environmentWithoutDatabases(),
      // Python keeps what it compiles beside the migrations otherwise.
      PYTHONDONTWRITEBYTECODE: '1',
      ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, fill(value, same)])),
    },
  };
}

/** Runs a command in a folder of its own, so that a path that means the project's database from there means none. */
function runCommand(command: string, migrator: MigratorCommand, words: { file: string; version: string }): Said {
  const folder = mkdtempSync(join(tmpdir(), 'rowproof-run-'));
  const { line, env } = fillCommand(command, migrator, words);
  try {
    const { status, stdout, stderr, error } = spawnSync(line, {
      shell: true,
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      killSignal: 'SIGKILL',
      timeout: statementLimit() ?? 0,
    });
    const timedOut = error !== undefined && 'code' in error && error.code === 'ETIMEDOUT';
    const streams = { stdout: stdout ?? '', stderr: stderr ?? '' };
    return { status: error === undefined ? status : null, timedOut, text: streams.stdout + streams.stderr, streams };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function same(value: string): string {
  return value;
}

/** @param isToldApart whether the log tells the statement that failed. */
function ended({ status, timedOut, text }: Said, isToldApart: boolean): ProgramEnd {
  if (status === 0) return { kind: 'done' };
  const said = lineOfError(text);
  const message = timedOut
    ? 'the command did not end in time'
    : said === ''
      ? `the command ended with ${status}`
      : said;
  return { kind: timedOut ? 'timed-out' : 'threw', message, place: null, source: null, isOfStatement: isToldApart };
}

/** Whether a command has left what it wrote in a log beside the file. */
function hasLog(file: string): boolean {
  try {
    return readFileSync(`${file}-wal`).length > 0;
  } catch {
    return false;
  }
}

function workedElsewhere({ up }: MigratorCommand, version: string): HarnessError {
  return new HarnessError(
    'bad-programs',
    `The command that applies migrations left the scratch database as it was at ${version}, so it may have worked on another one.`,
    {
      remedy: `Pass the database on: {file} in the command or in \`env\` stands for it, as in DATABASE_URL=sqlite3:{file}. The command is: ${up}`,
      facts: { command: up, version },
      vetted: true,
    },
  );
}
