import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { limitsFor } from '../config/limits.ts';
import { resolveConfig } from '../config.ts';
import { check } from '../harness/check.ts';
import { loadProject, planProject } from '../harness/project.ts';
import { watched } from '../watch/activity.ts';
import { paintFor } from './output.ts';
import { placeReports } from './reports.ts';

/** The history of the demonstration, which the package brings along. */
const migrations = fileURLToPath(new URL('../../demo/migrations', import.meta.url));

/** Adds `demo`: an outage and a silent loss, on a history that the package brings, without a project. */
export function addDemo(program: Command): void {
  program
    .command('demo')
    .summary('show an outage and a silent loss that tests on an empty database miss')
    .description(
      'Judges three migrations of the package. Each passes on an empty database, but one fails on a row and one destroys rows.',
    )
    .action(async () => {
      const config = resolveConfig({ migrations, tool: 'rowproof', dataset: ['one-row', 'typical'] });
      const bold = (text: string): string => paintFor(process.stdout)('bold', text);
      process.stdout.write(`${bold('Three migrations that pass every test on an empty database:')}\n\n`);
      const report = await watched(limitsFor('check', config.limits), async () =>
        check(await loadProject(planProject(config))),
      );
      placeReports(
        { format: [{ format: 'terminal', file: null }] },
        { files: [], folders: [] },
        { verbose: false, hidesFix: true },
      ).write(report);
      process.stdout.write(`\n${bold('Your turn:')} run rowproof check in your repository.\n`);
    });
}
