import { type Command, Option } from 'commander';
import { limitsFor } from '../config/limits.ts';
import { check } from '../harness/check.ts';
import { type Fix, refuseUnknownState, withoutFixed, writeFixes } from '../harness/fix.ts';
import { inputsOf } from '../harness/inputs.ts';
import { withLedgerOf } from '../harness/ledger-of-file.ts';
import { loadProject, planProject } from '../harness/project.ts';
import { endOf } from '../harness/unknown-parts.ts';
import type { Report } from '../model/report.ts';
import { complaint } from '../report/complaint.ts';
import { printable } from '../report/printable.ts';
import { watched } from '../watch/activity.ts';
import { askForPrograms } from './consent.ts';
import { keepFound } from './found.ts';
import {
  addBudgets,
  addInterrupt,
  addLimits,
  addQueries,
  addReporting,
  addRows,
  addSettings,
  databaseOption,
  type Flags,
  migrationRef,
} from './options.ts';
import { exitCodeOf, exitCodes, progressLine } from './output.ts';
import { shownProgress } from './progress.ts';
import { placeReports, withReproductions } from './reports.ts';
import { resolveFlags } from './resolve.ts';

interface CheckFlags extends Flags {
  readonly db?: string;
}

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
      databaseOption('judge only the migrations that the ledger of this database lacks; it is opened read-only'),
    )
    .addOption(
      new Option('--deploy-from <id>', 'also judge all later migrations as one deploy').argParser(migrationRef),
    );
  command
    .option('--fix', 'write corrected migrations into their files; needs --db, --since or --since-git')
    .option('-y, --yes', 'with --fix, also write over changes that no commit has');
  addReporting(
    addBudgets(addLimits(addInterrupt(addQueries(addSettings(addRows(command, 'all available')))), 'check'), 'check'),
  ).addHelpText('after', examples);
  command.action(async (directory: string | undefined, { db, ...flags }: CheckFlags) => {
    const asked = await resolveFlags(directory, flags);
    const config = withReproductions(flags.fix === true ? { ...asked, rewrites: true } : asked, flags);
    const reports = placeReports(flags, inputsOf(config, flags.config, db), config);
    const line = progressLine();
    const progress = shownProgress(line.show);
    const report = await watched(limitsFor('check', config.limits), async () =>
      check(
        await withLedgerOf(await loadProject(await askForPrograms(planProject(config))), db ?? null),
        progress,
        reports.needPicture,
        keepFound,
      ),
    ).finally(line.clear);
    reports.write(report);
    const end = endOf(report);
    if (end !== null) process.stderr.write(complaint(end.message, end.remedy));
    if (flags.fix !== true) return finish(exitCodeOf(report, config.failOn));
    // The report shows the corrected texts in any case.
    refuseUnknownState({ ...config, db: db ?? null });
    const fixes = writeFixes(report, flags.yes ?? false);
    const told = fixes.length === 0 ? [nothingFixed(report)] : fixes.map(fixText);
    process.stderr.write(told.map((text) => `${printable(text)}\n`).join(''));
    finish(
      fixes.some(({ refused }) => refused !== null)
        ? exitCodes.couldNotRun
        : exitCodeOf(withoutFixed(report, fixes), config.failOn),
    );
  });
}

function nothingFixed({ findings }: Report): string {
  return findings.some(({ severity }) => severity !== 'note')
    ? 'No file is corrected: no finding has a corrected text. Their advice stands behind Instead.'
    : 'No file is corrected: there is nothing to correct.';
}

function fixText({ file, kept, refused }: Fix): string {
  if (refused !== null) return `not written  ${file}: ${refused}.`;
  return `corrected  ${file}${kept === null ? '' : ` (the text as it was: ${kept})`}`;
}

const examples = `
Examples:
  rowproof check                               the migrations in this folder, rows from seeds if there are any
  rowproof check db/migrations --dataset one-row
  rowproof check --base dist/default.sqlite    version 0 is a database that the project ships
  rowproof check --since-git origin/main       the migrations of a pull request
  rowproof check --fix --since-git origin/main    and correct them, where a corrected text passes
  rowproof check --fix --db app.db             correct the migrations that this database has not applied
  rowproof check --dataset profile --scale 0.01   the shape of production, a hundredth as large
  rowproof check --foreign-keys off --transaction none
  rowproof check --format json -o report.json`;
