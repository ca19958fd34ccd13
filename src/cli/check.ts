import { type Command, Option } from 'commander';
import { limitsFor } from '../config/limits.ts';
import { check } from '../harness/check.ts';
import { inputsOf } from '../harness/inputs.ts';
import { loadProject, planProject } from '../harness/project.ts';
import { watched } from '../watch/activity.ts';
import { askForPrograms } from './consent.ts';
import {
  addInterrupt,
  addLimits,
  addReporting,
  addRows,
  addSettings,
  type Flags,
  migrationRef,
  resolveFlags,
} from './options.ts';
import { exitCodeOf, progressLine } from './output.ts';
import { shownProgress } from './progress.ts';
import { placeReports, withReproductions } from './reports.ts';

/** Adds `check [DIR]`: every migration on the empty database and on seeded ones. */
export function addCheck(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('check')
    .argument('[DIR]', 'the folder of migrations, or one above it (default: the one in this folder)')
    .summary('apply every migration to an empty database and to seeded ones, and compare')
    .description(
      'Applies every migration to an empty database and to databases seeded like production, and compares the outcomes.',
    )
    .addOption(
      new Option('--since <id>', 'judge only the migrations after this one, which is applied').argParser(migrationRef),
    )
    .option('--since-git <ref>', 'judge only the migrations that this commit lacks, such as origin/main')
    .addOption(
      new Option('--deploy-from <id>', 'also judge all later migrations as one deploy').argParser(migrationRef),
    );
  addReporting(addLimits(addInterrupt(addSettings(addRows(command, 'all available'))), 'check')).addHelpText(
    'after',
    examples,
  );
  command.action(async (directory: string | undefined, flags: Flags) => {
    const config = withReproductions(await resolveFlags(directory, flags), flags);
    const reports = placeReports(flags, inputsOf(config, flags.config), config);
    const line = progressLine();
    const progress = shownProgress(line.show);
    const report = await watched(limitsFor('check', config.limits), async () =>
      check(await loadProject(await askForPrograms(planProject(config))), progress, reports.needPicture),
    ).finally(line.clear);
    reports.write(report);
    finish(exitCodeOf(report, config.failOn));
  });
}

const examples = `
Examples:
  rowproof check                               the migrations in this folder, rows from seeds if there are any
  rowproof check db/migrations --dataset one-row
  rowproof check --base dist/default.sqlite    version 0 is a database that the project ships
  rowproof check --since-git origin/main       the migrations of a pull request
  rowproof check --dataset profile --scale 0.01   the shape of production, a hundredth as large
  rowproof check --foreign-keys off --transaction none
  rowproof check --format json -o report.json`;
