import { existsSync, mkdirSync } from 'node:fs';
import { extname } from 'node:path';
import process from 'node:process';
import type { ResolvedConfig } from '../../config.ts';
import type { Workspace } from '../../database/workspace.ts';
import { fiuLibraries } from '../../drill/kinds/io-error.ts';
import type { Migrator } from '../../drill/migrator.ts';
import { startCommand } from '../../drill/shell.ts';
import { openWorkers, type Workers } from '../../drill/workers.ts';
import type { Migration } from '../../model/history.ts';
import type { MigratorCommand } from '../../model/tool.ts';
import { applyByCommand, fillCommand } from '../../programs/command.ts';
import type { DrilledMigrator } from './migrators.ts';
import type { DrillStart } from './worker.ts';

/** A migrator that can be started in processes, and what ends those that wait. */
export interface StartableMigrator {
  readonly migrator: Migrator;
  readonly dispose: () => void;
}

/**
 * Lets a migrator run in processes of its own, which read the project anew.
 * @param given the config before its programs were loaded.
 * @param module the module of the config; null where the caller of the API gave it.
 */
export function inProcesses(
  migrator: DrilledMigrator,
  given: ResolvedConfig,
  module: string | null,
  workspace: Workspace,
): StartableMigrator {
  const { connect, drill: _, ...settings } = given.settings;
  const start: DrillStart = {
    config: { ...given, settings, makers: {} },
    module: connect === undefined ? null : module,
  };
  const program = new URL(`./worker${extname(import.meta.url)}`, import.meta.url);
  const opened = new Map<string, Workers>();
  const workersOf = (name: string, env: Readonly<Record<string, string>> = {}): Workers => {
    const workers = opened.get(name) ?? openWorkers(program, start, env);
    opened.set(name, workers);
    return workers;
  };
  return {
    migrator: {
      ...migrator,
      cannotStart:
        connect !== undefined && module === null
          ? 'the function `connect` of the config is known to this process alone; the command finds it in rowproof.config.ts'
          : null,
      start: (file, to, launch) => {
        const failing = launch.failWritesAt !== undefined && fiuLibraries.every((library) => existsSync(library));
        const workers = failing
          ? workersOf('fiu', { LD_PRELOAD: fiuLibraries.join(' '), FIU_CTRL_FIFO: workspace.path('fiu') })
          : workersOf('usual');
        return workers.run({ file, to: to.id, launch });
      },
    },
    dispose: () => {
      for (const workers of opened.values()) workers.dispose();
    },
  };
}

/** A migrator that is a command. It is run for each of the pending migrations, as in a deploy, applied or not. */
export function commandMigrator(
  pending: readonly Migration[],
  command: MigratorCommand,
  workspace: Workspace,
): Migrator {
  const upTo = (to: Migration): Migration[] => pending.filter(({ position }) => position <= to.position);
  const versionOf = ({ ledgerId, name }: Migration): string => ledgerId ?? name;
  return {
    title: 'the command',
    isOpen: false,
    cannotStart: null,
    run: (file, to, { applied } = {}) => {
      for (const migration of upTo(to)) {
        const error = applyByCommand(command, file, versionOf(migration));
        if (error !== null) return { error };
        applied?.(migration);
      }
      return { error: null };
    },
    start: (file, to, launch) => {
      const filled = upTo(to).map((each) => fillCommand(command.up, command, { file, version: versionOf(each) }));
      const cwd = workspace.path('command');
      mkdirSync(cwd, { recursive: true });
      const env = filled[0]?.env ?? process.env;
      return startCommand(filled.map(({ line }) => line).join(' && '), { cwd, env }, launch);
    },
  };
}
