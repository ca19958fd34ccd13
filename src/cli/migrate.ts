import { type Command, Option } from 'commander';
import { limitsFor } from '../config/limits.ts';
import { describe } from '../explain/faults.ts';
import { migrateFile } from '../harness/migrate.ts';
import { readSources } from '../harness/project.ts';
import type { MigrationRef } from '../model/history.ts';
import { printable } from '../report/printable.ts';
import { watched } from '../watch/activity.ts';
import { addIntegrity, addLimits, addSettings, databaseOption, type Flags, migrationRef } from './options.ts';
import { exitCodes } from './output.ts';
import { resolveFlags } from './resolve.ts';

interface MigrateFlags extends Flags {
  readonly db: string;
  readonly to?: MigrationRef;
  readonly at?: MigrationRef;
  readonly dryRun?: boolean;
}

/** Adds `migrate --db FILE [DIR]`: the built-in migrator. */
export function addMigrate(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('migrate')
    .argument('[DIR]', 'the folder of migrations, or one above it (default: the one in this folder)')
    .summary('bring a database up to date')
    .description(
      'Applies the pending migrations to a database, each in its own transaction. Several processes may start at the same time, and all succeed.',
    )
    .addOption(databaseOption('the database; a new one is created if it does not exist').makeOptionMandatory())
    .addOption(new Option('--to <id>', 'the last migration to apply (default: all)').argParser(migrationRef))
    .addOption(new Option('--at <id>', 'the last migration of a database that has no ledger').argParser(migrationRef))
    .option('--dry-run', 'print the pending migrations and change nothing');
  addLimits(addIntegrity(addSettings(command)), 'migrate').addHelpText('after', examples);
  command.action(async (directory: string | undefined, { db, to, at, dryRun, ...flags }: MigrateFlags) => {
    const config = await resolveFlags(directory, flags);
    const say = (text: string): void => {
      process.stdout.write(`${printable(text)}\n`);
    };
    const request = { file: db, to, at, dryRun };
    const result = await watched(limitsFor('migrate', config.limits), async () =>
      migrateFile(readSources(config), request, ({ name }) => say(`applied  ${name}`)),
    );
    if (dryRun === true) for (const { name } of result.applied) say(`pending  ${name}`);
    if (result.failed !== null) {
      const { migration, failure } = result.failed;
      const line = migration.statements.find(({ index }) => index === failure.statement)?.line;
      say(`failed   ${migration.name}  ${migration.file}${line === undefined ? '' : `:${line}`}  ${failure.message}`);
      if (result.inTheWay !== null) say(describe(result.inTheWay));
      if (result.inTheWay?.query != null) say(`Ask      ${result.inTheWay.query}`);
      // In other cases a full disk is not a failure of the migration.
      const limit = failure.code === 'SQLITE_FULL';
      say(`Its changes were rolled back. ${limit ? limitReached : 'Run `rowproof gate --db FILE` to see why.'}`);
    } else if (result.applied.length === 0) {
      say(to === undefined ? `Nothing is pending: ${db} is up to date.` : `Nothing is pending up to version ${to}.`);
    }
    finish(result.failed === null ? exitCodes.clean : exitCodes.findings);
  });
}

const limitReached =
  'Either it sets PRAGMA max_page_count and needs more pages, or an AUTOINCREMENT has no numbers left.';

const examples = `
Examples:
  rowproof migrate --db app.db
  rowproof migrate --db app.db --dry-run
  rowproof migrate --db app.db --to 41`;
