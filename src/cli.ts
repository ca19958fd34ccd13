// This room is the edge to the shell: arguments in, a report and an exit code out.
import { tmpdir } from 'node:os';
import { Command, CommanderError } from 'commander';
import { type Called, commandOn, withCommand } from './cli/arguments.ts';
import { addCheck } from './cli/check.ts';
import { addDemo } from './cli/demo.ts';
import { addDrill } from './cli/drill.ts';
import { addExplain } from './cli/explain.ts';
import type { ReportTarget } from './cli/formats.ts';
import { addGate } from './cli/gate.ts';
import { addInit } from './cli/init.ts';
import { addMigrate } from './cli/migrate.ts';
import type { Flags } from './cli/options.ts';
import { exitCodes, sweepAloud } from './cli/output.ts';
import { addProfile } from './cli/profile.ts';
import { addSeed } from './cli/seed.ts';
import { HarnessError } from './errors.ts';
import { describeFault, faultOf, systemCode } from './files/faults.ts';
import { SeveralFolders } from './harness/places.ts';
import { complaint } from './report/complaint.ts';
import { renderJsonError } from './report/json.ts';
import { printable } from './report/printable.ts';
import { version } from './version.ts';

/**
 * Runs the command line.
 * @param args without the program's own name.
 * @returns the exit code: 0 clean, 1 findings, 2 could not run. Bugs of ours are thrown.
 */
export async function main(args: readonly string[]): Promise<number> {
  let exitCode: number = exitCodes.clean;
  const program = createProgram((code) => {
    exitCode = code;
  });
  let wanted: readonly ReportTarget[] = [];
  let called: Called = { args, folder: undefined };
  program.hook('preAction', (_program, command) => {
    const { format }: Partial<Flags> = command.opts();
    wanted = format ?? [];
    called = { ...called, folder: command.args[0] };
  });
  // A call for help makes no copies and does not wait.
  program.hook('preAction', () => sweepAloud(tmpdir()));
  try {
    const names = program.commands.map((command) => command.name());
    called = { ...called, args: withCommand(args, names) };
    await program.parseAsync(called.args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.clean : exitCodes.couldNotRun;
    const refused = withoutFiles(error);
    if (!(refused instanceof HarnessError)) throw error;
    process.stderr.write(complaintOf(refused, called));
    if (wanted.some(({ format, file }) => format === 'json' && file === null)) {
      process.stdout.write(renderJsonError(refused, version));
    }
    return exitCodes.couldNotRun;
  }
}

/** The message of an error; of several folders, the same command on each. */
function complaintOf(error: HarnessError, called: Called): string {
  if (!(error instanceof SeveralFolders)) return complaint(error.message, error.remedy);
  const choices = error.places.map((place) => commandOn(place, called));
  return complaint(error.message, 'Name one:', choices);
}

/** If a process may open no more files, every opening may fail: a module of the driver, or a module of ours. */
function withoutFiles(error: unknown): unknown {
  const fault = faultOf(systemCode(error) ?? '');
  if (fault !== 'too-many-files' || !(error instanceof Error)) return error;
  const what = 'The command cannot continue';
  return describeFault(fault, { what, folder: tmpdir(), message: error.message, cause: error });
}

function createProgram(finish: (exitCode: number) => void): Command {
  const program = new Command('rowproof')
    .description(
      'Applies every SQLite migration to an empty database and to databases seeded like production, and fails if the outcomes differ.',
    )
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .showHelpAfterError('Try --help.')
    .configureHelp({ showGlobalOptions: false })
    .configureOutput({ outputError: (text, write) => write(printableComplaint(text)) })
    // Errors are thrown, so that they end with our exit code and not commander's.
    .exitOverride();
  program.addHelpText('after', afterHelp);
  addCheck(program, finish);
  addGate(program, finish);
  addDrill(program, finish);
  addMigrate(program, finish);
  addProfile(program);
  addSeed(program);
  addExplain(program);
  addInit(program);
  addDemo(program);
  return program;
}

/** An error of commander about arguments, which it quotes unchanged, with its suggestion on a separate line. */
function printableComplaint(text: string): string {
  const [, complaint = '', suggestion = ''] = /^(.*?)(\n\(Did you mean [^\n]*\?\))?\n?$/s.exec(text) ?? [];
  return `${printable(complaint)}${suggestion}\n`;
}

const afterHelp = `
Without a command, rowproof runs check.
Exit codes: 0 clean, 1 findings at or above --fail-on, 2 could not run.

Examples:
  rowproof check                           judge the migrations in this folder with the rows in its seeds
  rowproof init                            write a config, a test and a CI job into this project
  rowproof gate --db /var/lib/app/app.db   before a deploy
  rowproof explain fails-on-rows`;
