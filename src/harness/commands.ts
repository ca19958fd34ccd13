import type { Migration } from '../model/history.ts';
import type { Note } from '../model/note.ts';
import type { MigratorCommand } from '../model/tool.ts';
import { knownLedgers, openCommands } from '../programs/command.ts';
import type { Sources } from './project.ts';
import { linesOf, type RunnableSources } from './running.ts';

/** Sources whose migrations a command applies: what it executes is not known. */
export function withCommands<S extends Sources>(sources: S, migrator: MigratorCommand): S & RunnableSources {
  const { history, config } = sources;
  const commands = openCommands(migrator);
  const settings = { ...config.settings, toolTables: [...migrator.ledger, ...knownLedgers], lendsDatabases: true };
  const migrations = history.migrations.map(
    (migration): Migration => ({
      ...migration,
      kind: 'sql',
      program: commands.program(migration.ledgerId ?? migration.name),
    }),
  );
  const note: Note = { code: 'command-ran', facts: { command: migrator.up } };
  return {
    ...sources,
    history: { ...history, migrations },
    config: { ...config, settings },
    programs: { notes: [note], printed: () => linesOf(commands.takeOutput()), dispose: () => {} },
  };
}
