import { resolve } from 'node:path';
import { describePlace } from '../blame.ts';
import { openMemory } from '../database/connection.ts';
import { openSession } from '../database/program/session.ts';
import { HarnessError } from '../errors.ts';
import type { History, Migration } from '../model/history.ts';
import type { Note } from '../model/note.ts';
import type { Program, ProgramEnd } from '../model/program.ts';
import type { Settings } from '../model/settings.ts';
import { openHost, type ProgramThread } from '../programs/host.ts';
import type { LoadedPrograms } from '../programs/protocol.ts';
import { asStep } from '../watch/activity.ts';
import { withCommands } from './commands.ts';
import type { ProjectSources } from './project.ts';
import { recordPrograms } from './recording.ts';
import { linesOf, type RunnableSources } from './running.ts';

/** Whether a history has programs that its tool runs. */
export function hasPrograms({ programs, migrations }: History): boolean {
  return programs != null && migrations.some(({ kind }) => kind === 'code');
}

/**
 * Loads the programs of a history with the tool that is installed beside it, and runs all of it once on an empty database:
 * what a program executes there is what the history says of it.
 * @throws HarnessError `programs-not-allowed`, `bad-programs`, `statement-refused`, `function-missing`, `unsupported` on Bun
 */
export async function withPrograms<S extends ProjectSources>(sources: S): Promise<S & RunnableSources> {
  const { history, config } = sources;
  if (!hasPrograms(history)) return { ...sources, programs: null };
  if (config.migrator !== null) return withCommands(sources, config.migrator);
  if (process.versions['bun'] !== undefined) throw notOnBun(history);
  const { host, loaded, settings } = loadPrograms(sources);
  try {
    const migrations = await recordPrograms(history, settings, (planned) =>
      planned.kind === 'code' ? withProgram(planned, host, loaded.runsTogether) : planned,
    );
    return {
      ...sources,
      history: { ...history, ledger: ledgerOf(history, loaded), migrations },
      config: { ...config, settings },
      programs: { notes: notesOf(history, loaded), printed: () => linesOf(host.takeOutput()), dispose: host.dispose },
    };
  } catch (error) {
    host.dispose();
    throw error;
  }
}

/** The programs of a history in their thread, loaded and not yet run. */
interface Loaded {
  readonly host: ProgramThread;
  readonly loaded: LoadedPrograms;
  /** The settings of the config, with the tables that the tool keeps for itself. */
  readonly settings: Settings;
}

function loadPrograms({ history, config }: ProjectSources): Loaded {
  if (!config.programs) throw notAllowed(history);
  const host = openHost(folderOf(history, config.settings, config.runModule !== null));
  try {
    const loaded = asStep(`Loading the programs of ${history.directory}`, () => load(host, history, config.settings));
    return { host, loaded, settings: { ...config.settings, toolTables: loaded.toolTables } };
  } catch (error) {
    host.dispose();
    throw error;
  }
}

/**
 * The same history with programs that can be run, without the run on an empty database that tells what they execute.
 * @throws HarnessError `programs-not-allowed`, `bad-programs`
 */
export function withUnrecordedPrograms(sources: ProjectSources): ProjectSources {
  const { history, config } = sources;
  if (!hasPrograms(history) || config.migrator !== null) return sources;
  const { host, loaded, settings } = loadPrograms(sources);
  const migrations = history.migrations.map((each) =>
    each.kind === 'code' ? withProgram(each, host, loaded.runsTogether) : each,
  );
  return {
    history: { ...history, ledger: ledgerOf(history, loaded) ?? null, migrations },
    config: { ...config, settings },
  };
}

function folderOf(
  { directory, runner, programs, migrations }: History,
  { foreignKeys }: Settings,
  isOwn: boolean,
): Parameters<typeof openHost>[0] {
  return {
    // A module of the project's own runs them whatever the folder's tool is.
    tool: isOwn ? 'plain' : runner.tool,
    driver: runner.driver,
    foreignKeys,
    directory: resolve(directory),
    files: migrations
      .filter(({ kind }) => kind === 'code')
      .map(({ ledgerId, name, file }) => ({ id: ledgerId ?? name, path: resolve(file) })),
    config: programs?.config == null ? null : resolve(programs.config),
  };
}

function load(host: ProgramThread, history: History, settings: Settings): LoadedPrograms {
  const db = openMemory(settings);
  try {
    const [first] = history.migrations;
    if (first === undefined) throw new Error('a history with programs has a migration');
    const loaded = host.load(openSession(db, { ...first, statements: [] }, settings, {}));
    if (!('kind' in loaded)) return loaded;
    throw notLoaded(history, loaded);
  } finally {
    db.close();
  }
}

function withProgram(migration: Migration, host: ProgramThread, runsTogether: boolean): Migration {
  const run = (ids: readonly string[]): Program => ({
    isRecorded: false,
    run: (connection) => host.step(ids, connection),
  });
  // Each was run by itself before, and all that they execute on an empty database is known.
  const together = (ids: readonly string[]): Program => ({ ...run(ids), isRecorded: true });
  return {
    ...migration,
    kind: 'sql',
    program: { ...run([migration.ledgerId ?? migration.name]), ...(runsTogether && { together }) },
  };
}

/** A config may name the table otherwise than the tool does. */
function ledgerOf({ ledger }: History, { toolTables: [table] }: LoadedPrograms): History['ledger'] {
  if (ledger?.table == null || table === undefined || table === ledger.table) return ledger ?? null;
  return {
    ...ledger,
    table,
    applied: ledger.applied.replace(`main.${ledger.table}`, `main."${table.replaceAll('"', '""')}"`),
  };
}

function notesOf({ runner, programs, migrations }: History, { replaced }: LoadedPrograms): Note[] {
  const by = runner.tool === 'plain' ? 'The module of the config' : runner.title;
  const config = programs?.config == null ? null : shorten(programs.config);
  const ran: Note = { code: 'programs-ran', facts: { by, programs: countPrograms(migrations), config } };
  return replaced === null ? [ran] : [ran, { code: 'database-replaced', facts: { file: replaced } }];
}

/** A path as reports give it: relative where it lies below the working directory. */
function shorten(path: string): string {
  return describePlace({ file: path, line: 0 }).replace(/:0$/, '');
}

/** Says which programs a history holds, in a sentence. */
export function describePrograms({ directory, migrations, runner }: History): string {
  const count = countPrograms(migrations);
  return `${directory} holds ${count === 1 ? '1 program' : `${count} programs`} of ${runner.title}.`;
}

/** Says what a program can do while rowproof runs it, and what it cannot. */
export const limitsOfPrograms =
  'Programs run as your code, with a scratch database in place of yours. They cannot write files or start processes by the functions of Node; the network, and what native code does, stays open to them.';

function countPrograms(migrations: readonly Migration[]): number {
  return migrations.filter(({ kind }) => kind === 'code').length;
}

/** Bun has neither the hooks for modules nor the ports between threads that keep a program in its place. */
function notOnBun({ directory }: History): HarnessError {
  return new HarnessError(
    'unsupported',
    `The migrations in ${directory} are programs, which run on Node and not on Bun.`,
    {
      remedy: 'Run the same command on Node: npx rowproof.',
    },
  );
}

function notAllowed(history: History): HarnessError {
  return new HarnessError(
    'programs-not-allowed',
    `${describePrograms(history)} rowproof runs them only if you say so.`,
    {
      remedy: `Say --allow-programs, or \`programs: true\` in the config. ${limitsOfPrograms}`,
      facts: { directory: history.directory, programs: countPrograms(history.migrations) },
    },
  );
}

function notLoaded({ directory, runner }: History, end: ProgramEnd): HarnessError {
  const place = end.kind === 'done' || end.place === null ? '' : ` (${describePlace(end.place)})`;
  const words = end.kind === 'done' ? '' : `: ${end.message}${place}`;
  return new HarnessError('bad-programs', `${runner.title} cannot load the programs of ${directory}${words}.`, {
    remedy:
      'Install what the migrations and the config need, set the variables of the environment that they read, and look whether the tool itself can load them.',
    facts: { directory, tool: runner.tool },
    vetted: true,
  });
}
