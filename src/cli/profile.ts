import { type Command, Option } from 'commander';
import { limitsFor } from '../config/limits.ts';
import { inputsOf } from '../harness/inputs.ts';
import { profileFile } from '../harness/profile.ts';
import type { MigrationRef } from '../model/history.ts';
import { printProfile } from '../profile/print.ts';
import { printable } from '../report/printable.ts';
import { watched } from '../watch/activity.ts';
import { addIntegrity, databaseOption, type Flags, list, migrationRef, wholeNumber } from './options.ts';
import { placeOutput, progressLine } from './output.ts';
import { resolveFlags } from './resolve.ts';

interface ProfileFlags {
  readonly db: string;
  readonly at?: MigrationRef;
  readonly keepValues?: string[];
  readonly keepKeys?: string[];
  readonly atLeast?: number;
  readonly config?: string;
  readonly integrity?: Flags['integrity'];
  readonly output?: string;
}

/** Adds `profile --db FILE [DIR]`: the shape of a production file, without its rows. */
export function addProfile(program: Command): void {
  const command = program
    .command('profile')
    .argument('[DIR]', 'the folder of migrations; the JSON keys in their SQL may be shown')
    .summary('capture the shape of a production database without its rows')
    .description(
      'Copies a production database while it is in use, and writes the numbers of rows, NULLs, duplicates, orphans … as JSON. The production file is opened read-only.',
    )
    .addOption(databaseOption('the production database').makeOptionMandatory())
    .addOption(new Option('--at <id>', 'the last migration of a database that has no ledger').argParser(migrationRef))
    .addOption(
      new Option('--keep-values <columns>', 'TABLE.COLUMN,… with a few different values that may be shown').argParser(
        list,
      ),
    )
    .addOption(new Option('--keep-keys <columns>', 'TABLE.COLUMN,… with JSON keys that may be shown').argParser(list))
    .addOption(
      new Option('--at-least <rows>', 'the number of rows that must share a shown value (default: 5)').argParser(
        wholeNumber,
      ),
    )
    .option('--config <file>', 'the config (default: rowproof.config.ts here, if it exists)')
    .option('-o, --output <file>', 'write the profile to a file');
  addIntegrity(command)
    .addHelpText('after', examples)
    .action(async (directory: string | undefined, flags: ProfileFlags) => {
      const { db: file, config, integrity, output, ...request } = flags;
      const given = { ...(config !== undefined && { config }), ...(integrity !== undefined && { integrity }) };
      const resolved = await resolveFlags(directory, given);
      // An earlier profile may be replaced.
      const target = placeOutput(output, inputsOf({ ...resolved, profile: null, seeds: null }, file, config));
      const line = progressLine();
      const progress = (what: string): void => line.show(printable(what));
      const profile = await watched(limitsFor('gate', resolved.limits), () =>
        profileFile(resolved, { file, progress, ...request }),
      ).finally(line.clear);
      target.write(printProfile(profile));
    });
}

const examples = `
Examples:
  rowproof profile --db /var/lib/app/app.db > seeds/production.profile.json
  rowproof profile --db app.db --keep-values orders.status,users.role --at-least 20`;
