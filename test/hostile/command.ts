import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import type { Runner } from './attempt.ts';
import { emptied } from './folder.ts';
import type { Ending } from './law.ts';

const root = join(import.meta.dirname, '..', '..');

/** Milliseconds that a run of the command may take. */
const limit = 20_000;

/** Milliseconds in which the guardian of a run that was killed has cleared up. */
const clearing = 3000;

/** Builds the command below `home` as `pnpm build` does. Returns its path. */
export function build(home: string): string {
  const place = join(home, 'build');
  mkdirSync(place);
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
  const { status } = spawnSync(process.execPath, [tsx, join(root, 'scripts/build.ts'), join(place, 'dist')], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('The command cannot be built.');
  symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
  copyFileSync(join(root, 'package.json'), join(place, 'package.json'));
  return join(place, 'dist/bin.js');
}

/** Runs the built command in a process of its own, which is killed when it does not come to an end. */
export function byCommand(bin: string): Runner {
  return async (args, { folder, temporary }, { held, asNobody = false }): Promise<Ending> => {
    emptied(temporary);
    if (asNobody) for (const each of [folder, temporary]) chmodSync(each, each === temporary ? 0o777 : 0o755);
    const holder = held === undefined ? null : new Sqlite(join(folder, held.file));
    holder?.exec(held?.sql ?? '');
    try {
      const ending = await launch([...(asNobody ? becomeNobody : []), bin, ...args], folder, temporary);
      await cleared(temporary);
      return ending;
    } finally {
      holder?.close();
    }
  };
}

const becomeNobody = ['--import', 'data:text/javascript,process.setgid(65534);process.setuid(65534)'];

/** Whether this process may become a user who owns nothing. */
export const mayBecomeNobody: boolean = process.getuid?.() === 0;

function launch(args: readonly string[], cwd: string, temporary: string): Promise<Ending> {
  const env = { PATH: process.env['PATH'], HOME: temporary, TMPDIR: temporary, NO_COLOR: '1' };
  const child = spawn(process.execPath, args, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limit,
    killSignal: 'SIGKILL',
  });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      printed[name] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => resolve({ exit, ...printed, bug: null }));
  });
}

async function cleared(temporary: string): Promise<void> {
  for (let waited = 0; waited < clearing && readdirSync(temporary).length > 0; waited += 50) await setTimeout(50);
}
