/** A process that migrates databases for a drill, until it is killed or its parent is gone. */
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import type { ResolvedConfig } from '../../config.ts';
import { type Config, parseConfig } from '../../config.ts';
import type { Migrator } from '../../drill/migrator.ts';
import type { DrillMessage, Task } from '../../drill/workers.ts';
import { importDefault } from '../../load/module.ts';
import type { Migration } from '../../model/history.ts';
import { withUnrecordedPrograms } from '../programs.ts';
import { readSources } from '../project.ts';
import { createMigrator } from './migrators.ts';

/** The project of a worker: its config without functions, and the module that has them. */
export interface DrillStart {
  readonly config: ResolvedConfig;
  /** The module of the config, which has `connect`; null where the config has no functions. */
  readonly module: string | null;
}

function tell(message: DrillMessage): void {
  process.send?.(message);
}

/** The parent is ours, and sends the project first and tasks afterwards. */
function nextMessage<Message>(): Promise<Message> {
  return new Promise((resolve) => {
    process.once('message', (message) => resolve(message as Message));
  });
}

async function connectOf(module: string | null): Promise<Config['connect']> {
  if (module === null) return undefined;
  return parseConfig(await importDefault(module, module, 'bad-config'), module).connect;
}

process.on('disconnect', () => process.exit());
const { config, module } = await nextMessage<DrillStart>();
const connect = await connectOf(module);
const settings = connect === undefined ? config.settings : { ...config.settings, connect };
const { history, config: own } = withUnrecordedPrograms(readSources({ ...config, settings }));
const migrator = createMigrator({ history, config: own });
tell({ kind: 'ready' });
for (;;) {
  const task = await nextMessage<Task>();
  const to = history.migrations.find(({ id }) => id === task.to);
  if (to === undefined) throw new Error(`no migration ${task.to}`);
  tell({ kind: 'begun' });
  tell({ kind: 'ended', ...perform(migrator, task, to) });
}

function perform(drilled: Pick<Migrator, 'run'>, { file, launch }: Task, to: Migration): ReturnType<Migrator['run']> {
  let begun = 0;
  return drilled.run(file, to, {
    drill: {
      pragmas: launch.pragmas ?? [],
      announce: ({ isDone }) => {
        if (isDone) return;
        if (begun === launch.killAt) process.kill(process.pid, 'SIGKILL');
        if (begun === launch.failWritesAt) failWrites();
        begun += 1;
      },
    },
  });
}

/**
 * From now on every write of the C library fails with EIO. The command goes through the pipes of libfiu, which
 * `fiu-ctrl` uses as well: https://blitiri.com.ar/p/libfiu/
 */
function failWrites(): void {
  const prefix = `${process.env['FIU_CTRL_FIFO']}-${process.pid}`;
  writeFileSync(`${prefix}.in`, 'enable name=posix/io/rw/pwrite,failinfo=5\n');
  readFileSync(`${prefix}.out`);
}
