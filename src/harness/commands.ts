import type { Migration } from '../model/history.ts';
import type { Note } from '../model/note.ts';
import type { MigratorCommand } from '../model/tool.ts';
import { knownLedgers, openCommands } from '../programs/command.ts';
import type { ProjectSources } from './project.ts';
import { recordPrograms } from './recording.ts';
import { linesOf, type RunnableSources } from './running.ts';

/**
 * Sources whose migrations a command applies: what it executes is not known, unless it logs that. A history with a log runs
 * once on an empty database, so that the statements there are those of the migrations.
 */
export async function withCommands<S extends ProjectSources>(
  sources: S,
  migrator: MigratorCommand,
): Promise<S & RunnableSources> {
  const { history, config } = sources;
  const commands = openCommands(migrator);
  const settings = { ...config.settings, toolTables: [...migrator.ledger, ...knownLedgers], lendsDatabases: true };
  const nameOf = ({ ledgerId, name }: Migration): string => ledgerId ?? name;
  const asProgram = (migration: Migration): Migration => ({
    ...migration,
    kind: 'sql',
    program: commands.program(nameOf(migration)),
  });
  const hasLog = migrator.statements !== null;
  const recorded = hasLog ? await recordPrograms(history, settings, asProgram) : [];
  const migrations = history.migrations.map((planned, place): Migration => {
    const run = recorded[place];
    const isTold = run?.program !== undefined && !commands.untold.includes(nameOf(planned));
    return isTold ? { ...run, program: { ...run.program, isSlow: false } } : asProgram(planned);
  });
  // The list is complete at the end of the run, when the note is read.
  const facts = { command: migrator.up, hasLog, untold: commands.untold };
  return {
    ...sources,
    history: { ...history, migrations },
    config: { ...config, settings },
    programs: {
      notes: [{ code: 'command-ran', facts } satisfies Note],
      printed: () => linesOf(commands.takeOutput()),
      dispose: () => {},
    },
  };
}
