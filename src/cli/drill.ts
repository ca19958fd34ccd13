import { type Command, Option } from 'commander';
import { limitsFor } from '../config/limits.ts';
import { drill } from '../harness/drill.ts';
import { inputsOf } from '../harness/inputs.ts';
import { planProject } from '../harness/project.ts';
import { printable } from '../report/printable.ts';
import { watched } from '../watch/activity.ts';
import { askForPrograms } from './consent.ts';
import { addFaults, type FaultFlags } from './faults.ts';
import { keepDrilled } from './found.ts';
import { addLimits, addReporting, addRows, addSettings, type Flags, migrationRef } from './options.ts';
import { exitCodeOf, progressLine } from './output.ts';
import { placeReports } from './reports.ts';
import { configFileOf, resolveFlags } from './resolve.ts';

interface DrillFlags extends Flags, FaultFlags {
  readonly only?: string;
}

/** Adds `drill [DIR]`: the project's migrator under kills, full disks, locks and lost writes. */
export function addDrill(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('drill')
    .argument('[DIR]', 'the folder of migrations, or one above it (default: the one in this folder)')
    .summary('kill, starve and lock out your migrator on scratch databases, and see whether it recovers')
    .description(
      'Disturbs your migrator while it migrates scratch databases with rows: kills, full disks, locks, lost writes, several processes. After each fault the database must be exactly before or after each migration, and the next run must succeed.',
    )
    .option('--only <migration>', 'drill one migration, by name')
    .addOption(
      new Option('--since <id>', 'drill only the migrations after this one (default: the ten newest)').argParser(
        migrationRef,
      ),
    )
    .option('--since-git <ref>', 'drill only the migrations that this commit lacks, such as origin/main');
  const drilled = addFaults(command, '1000, or 100 of a command');
  addReporting(addLimits(addSettings(addRows(drilled, 'fixture and typical')), 'gate')).addHelpText('after', examples);
  command.action(async (directory: string | undefined, { faults, kinds, replay, only, ...flags }: DrillFlags) => {
    const config = await resolveFlags(directory, flags);
    const reports = placeReports(flags, inputsOf(config, flags.config), config);
    const line = progressLine();
    const request = {
      ...{ faults, kinds, replay, only, configFile: configFileOf(flags) },
      found: keepDrilled,
      progress: (what: string): void => line.show(printable(what)),
    };
    const report = await watched(limitsFor('gate', config.limits), async () =>
      drill(await askForPrograms(planProject(config)), request),
    ).finally(line.clear);
    reports.write(report);
    finish(exitCodeOf(report, config.failOn));
  });
}

const examples = `
Examples:
  rowproof drill                                           the ten newest migrations in this folder
  rowproof drill --since-git origin/main --faults 200      the migrations of a pull request
  rowproof drill --migrator-up './migrate {file} {version}'
  rowproof drill --replay 'kill:0003_users/wal#17'         one fault of a report again`;
