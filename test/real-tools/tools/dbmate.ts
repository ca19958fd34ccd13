import { join } from 'node:path';
import { run } from '../command.ts';
import { keepFirst } from '../prefix.ts';
import type { RealTool } from '../real-tool.ts';

/** Runs dbmate over a project, with parameters of its URL such as `_foreign_keys=on`. */
export function dbmateUp(project: string, file: string, parameters = ''): void {
  const folder = join(project, 'db', 'migrations');
  run(
    'dbmate',
    ['--no-dump-schema', '--url', `sqlite:${file}${parameters}`, '--migrations-dir', folder, 'up'],
    project,
  );
}

const sample = { sample: 'dbmate', place: 'db/migrations' } as const;

/** dbmate's binary, which its npm package brings. */
export const dbmate: readonly RealTool[] = [
  {
    ...sample,
    name: 'dbmate 2.36',
    config: {},
    apply: (project, file, count) => {
      keepFirst(join(project, 'db', 'migrations'), count);
      dbmateUp(project, file);
    },
  },
  {
    ...sample,
    name: 'dbmate 2.36, ?_foreign_keys=on',
    config: { foreignKeys: true },
    apply: (project, file, count) => {
      keepFirst(join(project, 'db', 'migrations'), count);
      dbmateUp(project, file, '?_foreign_keys=on');
    },
  },
];
