import { type Command, Option } from 'commander';
import { limitsFor } from '../config/limits.ts';
import { gate } from '../harness/gate.ts';
import { inputsOf } from '../harness/inputs.ts';
import { readGuardedSources } from '../harness/project.ts';
import type { MigrationRef } from '../model/history.ts';
import type { ExpectedWait } from '../model/request.ts';
import { printable } from '../report/printable.ts';
import { formatTime } from '../text/duration.ts';
import { formatSize } from '../text/size.ts';
import { watched } from '../watch/activity.ts';
import { askForPrograms } from './consent.ts';
import { addFaults, type FaultFlags } from './faults.ts';
import { keepDrilled, keepFound } from './found.ts';
import {
  addBudgets,
  addIntegrity,
  addInterrupt,
  addLimits,
  addQueries,
  addReporting,
  addSettings,
  databaseOption,
  type Flags,
  migrationRef,
} from './options.ts';
import { exitCodeOf, progressLine } from './output.ts';
import { shownGate } from './progress.ts';
import { placeReports, withReproductions } from './reports.ts';
import { configFileOf, resolveFlags } from './resolve.ts';

interface GateFlags extends Flags, FaultFlags {
  readonly db: string;
  readonly drill?: boolean;
  readonly at?: MigrationRef;
  readonly keep?: string;
}

/** Adds `gate --db FILE [DIR]`: the pending migrations, on a copy of the production file. */
export function addGate(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('gate')
    .argument('[DIR]', 'the folder of migrations, or one above it (default: the one in this folder)')
    .summary('apply the pending migrations to a copy of the production database, before a deploy')
    .description(
      'Copies a production database while it is in use, applies the pending migrations to the copy, and compares. The production file is opened read-only.',
    )
    .addOption(
      databaseOption(
        'the production database, a backup or a dump of it; - for the standard input',
      ).makeOptionMandatory(),
    )
    .addOption(new Option('--at <id>', 'the last migration of a database that has no ledger').argParser(migrationRef))
    .option('--keep <file>', 'keep the copy, as the pending migrations leave it, in a new file')
    .option('--seeds <DIR>', 'the folder with the invariants (default: a folder `seeds` beside DIR)')
    .option('--base <file>', 'a database or .sql file that version 0 starts from')
    .option('--drill', 'also disturb your migrator while it migrates copies, and see whether it recovers');
  const drilled = addFaults(command, '20');
  addReporting(
    addBudgets(addLimits(addInterrupt(addQueries(addIntegrity(addSettings(drilled)))), 'gate'), 'gate'),
  ).addHelpText('after', examples);
  command.action(
    async (directory: string | undefined, { db, at, keep, drill, faults, kinds, replay, ...flags }: GateFlags) => {
      const config = withReproductions(await resolveFlags(directory, flags), flags);
      const reports = placeReports(flags, inputsOf(config, db, flags.config), config);
      const line = progressLine();
      const progress = shownGate(line.show);
      const waiting = (wait: ExpectedWait): void => {
        line.clear();
        process.stderr.write(waitText(wait));
      };
      const request = {
        ...{ file: db, at, keep, progress, waiting, picture: reports.needPicture },
        ...(drill === true && {
          drill: { faults, kinds, replay, configFile: configFileOf(flags), found: keepDrilled },
        }),
      };
      const report = await watched(limitsFor('gate', config.limits), async () =>
        gate(await askForPrograms(readGuardedSources(config)), request, keepFound),
      ).finally(line.clear);
      reports.write(report);
      finish(exitCodeOf(report, config.failOn));
    },
  );
}

/** The warning before processes that write to a database have to wait. */
function waitText({ file, bytes, milliseconds }: ExpectedWait): string {
  return `rowproof: ${printable(file)} is in rollback-journal mode: processes that write to it will wait for about ${formatTime(milliseconds)}, while its ${formatSize(bytes)} are copied.\n`;
}

const examples = `
Examples:
  rowproof gate --db /var/lib/app/app.db
  rowproof gate --db app.db --at 41 db/migrations    a database without a ledger, known to be at version 41
  gunzip < nightly.sql.gz | rowproof gate --db -     a dump from the standard input`;
