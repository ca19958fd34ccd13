import { dirname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { limitsFor } from '../config/limits.ts';
import { loadProject, planProject } from '../harness/project.ts';
import { seedFile } from '../harness/seed.ts';
import type { MigrationRef } from '../model/history.ts';
import type { SeedSummary } from '../model/seeding.ts';
import { describePlace } from '../report/place.ts';
import { columnsOf, pad, printable } from '../report/printable.ts';
import { watched } from '../watch/activity.ts';
import { askForPrograms } from './consent.ts';
import { addLimits, addRows, addSettings, type Flags, migrationRef } from './options.ts';
import { progressLine, sweepAloud } from './output.ts';
import { resolveFlags } from './resolve.ts';

interface SeedFlags extends Flags {
  readonly output: string;
  readonly at?: MigrationRef;
  readonly force?: boolean;
}

/** Adds `seed -o FILE [DIR]`: a database at a given migration, with generated rows, for inspection. */
export function addSeed(program: Command): void {
  const command = program
    .command('seed')
    .argument('[DIR]', 'the folder of migrations, or one above it (default: the one in this folder)')
    .summary('write a database at a given migration, filled with generated rows')
    .description('Brings a new database to a migration, fills it with the rows of a check, and writes it to a file.')
    .requiredOption('-o, --output <file>', 'the database to create')
    .addOption(new Option('--at <id>', 'its last migration (default: all)').argParser(migrationRef))
    .option('--force', 'replace an existing file');
  addLimits(addSettings(addRows(command, 'typical')), 'check').addHelpText('after', examples);
  command.action(async (directory: string | undefined, { at, force, ...flags }: SeedFlags) => {
    const config = await resolveFlags(directory, { ...flags, dataset: flags.dataset ?? ['typical'] });
    sweepAloud(dirname(resolve(flags.output)));
    const line = progressLine();
    const progress = (what: string): void => line.show(printable(what));
    const request = { file: flags.output, at, force, progress };
    const summary = await watched(limitsFor('check', config.limits), async () =>
      seedFile(await loadProject(await askForPrograms(planProject(config))), request),
    ).finally(line.clear);
    process.stdout.write(
      describe(summary, config.seed)
        .map((text) => `${text}\n`)
        .join(''),
    );
  });
}

function describe({ file, tables, unfilled, notes, ...place }: SeedSummary, seed: number): string[] {
  const reasons = new Map(unfilled.map(({ table, reason }) => [table, reason]));
  const width = Math.max(0, ...tables.map(({ table }) => columnsOf(printable(table))));
  const digits = Math.max(1, ...tables.map(({ rows }) => String(rows).length));
  const lines = tables.map(({ table, rows }) => {
    const reason = reasons.get(table);
    const count = `${pad(printable(table), width)}  ${String(rows).padStart(digits)}`;
    return reason === undefined ? count : `${count}  ${printable(reason)}`;
  });
  return [
    `Wrote ${printable(file)} at ${describePlace(place)}, seed number ${seed}.`,
    ...lines.map((text) => `  ${text}`),
    ...notes.map(printable),
  ];
}

const examples = `
Examples:
  rowproof seed -o dev.db                          all migrations, 100 rows a table
  rowproof seed --at 4 -o before.db --rows 1000    the rows that migration 5 would meet
  rowproof seed -o dev.db --dataset fixture,typical --force`;
