import { type Command, InvalidArgumentError, Option } from 'commander';
import { readFactor } from '../config/budgets.ts';
import { type LimitedJob, readSize, readTime, usualTimes } from '../config/limits.ts';
import type { Config } from '../config.ts';
import type { MigrationRef } from '../model/history.ts';
import { driverNames, toolNames } from '../model/tool.ts';
import { formats } from '../report/reporters.ts';
import { closestName } from '../text/closest-name.ts';
import { type ReportTarget, readFormat } from './formats.ts';

/** The flags that commands share, as commander hands them over. */
export interface Flags {
  readonly seeds?: string;
  readonly base?: string;
  readonly dataset?: string[];
  readonly seed?: number;
  readonly rows?: number;
  readonly profile?: string;
  readonly scale?: number;
  readonly since?: MigrationRef;
  readonly sinceGit?: string;
  readonly deployFrom?: MigrationRef;
  readonly tool?: Config['tool'];
  readonly driver?: Config['driver'];
  readonly sqlite?: string;
  readonly engine?: Config['engine'];
  readonly foreignKeys?: boolean;
  readonly transaction?: Config['transaction'];
  readonly doubleQuotedStrings?: boolean;
  readonly format?: readonly ReportTarget[];
  readonly failOn?: Config['failOn'];
  readonly strict?: boolean;
  readonly config?: string;
  readonly output?: string;
  readonly includeValues?: boolean;
  readonly verbose?: boolean;
  readonly reproduce?: string;
  readonly maxDeleted?: number;
  readonly interrupt?: boolean;
  readonly queries?: string;
  readonly bothWays?: string;
  readonly fix?: boolean;
  readonly yes?: boolean;
  readonly integrity?: Config['integrity'];
  readonly allowPrograms?: boolean;
  readonly migratorUp?: string;
  readonly migratorList?: string;
  readonly maxLock?: string;
  readonly maxTime?: string;
  readonly maxSizeGrowth?: string;
  readonly limitStatement?: string;
  readonly limitStep?: string;
  readonly limitDataset?: string;
  readonly limitMemory?: string;
}

/** Adds the flags for the way in which production runs its migrations. */
export function addSettings(command: Command): Command {
  return command
    .optionsGroup('How production runs migrations:')
    .addOption(
      oneOf(
        new Option('--tool <name>', 'the tool that runs the migrations in production (default: from the folder)'),
        toolNames,
      ),
    )
    .addOption(
      oneOf(new Option('--driver <name>', 'the SQLite library of the tool (default: from package.json)'), driverNames),
    )
    .option('--allow-programs', 'run migrations that are programs, which can do more than SQL')
    .option('--migrator-up <command>', 'run migrations by a command: {version} is which, {file} the database')
    .option('--migrator-list <command>', 'the command that prints the migrations in order')
    .option('--sqlite <version>', "the version of production's SQLite, where it is an older one")
    .addOption(new Option('--foreign-keys <on|off>', 'whether production enforces foreign keys').argParser(onOff))
    .addOption(
      oneOf(new Option('--transaction <mode>', 'where production begins and commits'), [
        'per-migration',
        'all-pending',
        'none',
      ]),
    )
    .addOption(new Option('--double-quoted-strings <on|off>', 'whether "x" may be a string').argParser(onOff))
    .addOption(
      oneOf(
        new Option(
          '--engine <name>',
          'the SQLite that runs the migrations (default: node with double-quoted strings, else better-sqlite3)',
        ),
        ['better-sqlite3', 'node'],
      ),
    )
    .addOption(
      new Option(
        '--config <file>',
        'the config (default: rowproof.config.ts, .mts, .js or .mjs here, the first that exists)',
      ).helpGroup('Options:'),
    );
}

/** Adds the flags that end an endless run. @param job whose usual limits are those when left out. */
export function addLimits(command: Command, job: LimitedJob): Command {
  const memory = job === 'migrate' ? 'none' : 'half of the memory, up to 8GB';
  const time = (name: keyof (typeof usualTimes)[LimitedJob], of: string): Option => {
    const usual = usualTimes[job][name];
    return new Option(`--limit-${name} <time>`, `end a run if ${of} takes longer (default: ${usual})`).argParser(
      timeText,
    );
  };
  return command
    .optionsGroup('Limits of a run:')
    .addOption(time('statement', 'a statement'))
    .addOption(time('step', 'a migration on a dataset'))
    .addOption(time('dataset', 'all of a dataset'))
    .addOption(
      new Option('--limit-memory <size>', `end a run if the process uses more (default: ${memory})`).argParser(
        sizeText,
      ),
    );
}

/** Adds the flags that say what a deploy may cost: the gate measures it, and `check` forecasts it where there is a profile. */
export function addBudgets(command: Command, job: 'check' | 'gate'): Command {
  const then = job === 'gate' ? 'fail if' : 'warn if, by the forecast of a profile,';
  const files = job === 'gate' ? 'file and journal grow' : 'the file grows';
  return command
    .optionsGroup('Budgets of a deploy:')
    .addOption(
      new Option('--max-lock <time>', `${then} other writers wait longer in one go, such as 5s`).argParser(timeText),
    )
    .addOption(
      new Option('--max-size-growth <factor>', `${then} ${files} larger, such as 2x the file before`).argParser(
        factorText,
      ),
    )
    .addOption(
      new Option('--max-time <time>', `${then} all pending migrations take longer, such as 30s`).argParser(timeText),
    );
}

/** Adds the flags that say which rows there are. @param usual what `--dataset` is when left out, in words. */
export function addRows(command: Command, usual: string): Command {
  return command
    .optionsGroup('Rows:')
    .option('--seeds <DIR>', 'hand-written rows and invariants (default: a folder `seeds` beside DIR)')
    .option('--base <file>', 'a database or .sql file that version 0 starts from')
    .addOption(
      new Option(
        '--dataset <names>',
        `the rows: fixture, one-row, typical, awkward, profile (default: ${usual})`,
      ).argParser(list),
    )
    .addOption(new Option('--seed <number>', 'the seed number of generated values (default: 1)').argParser(wholeNumber))
    .addOption(new Option('--rows <number>', 'rows per table of typical (default: 100)').argParser(wholeNumber))
    .option('--profile <file>', 'the shape of production (default: production.profile.json in the seeds, if it exists)')
    .addOption(
      new Option('--scale <number>', 'rows of profile for each row of production (default: 1)').argParser(
        positiveNumber,
      ),
    );
}

/** Adds the flag that has migrations stopped on the way. */
export function addInterrupt(command: Command): Command {
  return command
    .optionsGroup('More checks:')
    .option('--interrupt', 'also stop migrations after each statement that commits something, and run them again');
}

/** Adds the flags for the queries of the versions around a deploy. */
export function addQueries(command: Command): Command {
  return command
    .optionsGroup('More checks:')
    .option('--queries <DIR>', 'queries and writes of the version that runs in production, which must go on working')
    .option('--both-ways <DIR>', 'those of the version to come, which must work before the migrations as well');
}

/** Adds the flag that says how thoroughly a production file is checked for damage. */
export function addIntegrity(command: Command): Command {
  return command
    .optionsGroup('More checks:')
    .addOption(
      oneOf(
        new Option(
          '--integrity <check>',
          'the check of the file for damage; full also compares indexes with their tables (default: quick)',
        ),
        ['quick', 'full'],
      ),
    );
}

/** Adds the flags for what is reported, and how. */
export function addReporting(command: Command): Command {
  return command
    .optionsGroup('The report:')
    .addOption(
      new Option(
        '--format <format[=file]>',
        `the format of the report and its file; may be repeated (default: terminal, with github under GitHub Actions; choices: ${formats.join(', ')})`,
      ).argParser(readFormat),
    )
    .addOption(
      oneOf(new Option('--fail-on <severity>', 'exit 1 from this severity on (default: error)'), [
        'error',
        'warning',
        'never',
      ]),
    )
    .option('--strict', 'the same as --fail-on warning')
    .addOption(
      new Option(
        '--max-deleted <percent>',
        'fail if a migration deletes a larger share of a table, even on purpose',
      ).argParser(percentage),
    )
    .option('-o, --output <file>', 'write the report to a file; its ending tells the format')
    .option('--include-values', 'show values of the production copy in reports')
    .option('--reproduce <DIR>', 'write a script for the sqlite3 shell for each finding, and the same case as a folder')
    .option('-v, --verbose', 'show what programs print, and short scripts that show findings');
}

/** Reads a whole number from 0 on. */
export function wholeNumber(text: string): number {
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new InvalidArgumentError('It must be a whole number, 0 or more.');
}

/** Reads a reference to a migration: a number, an id or a name. */
export function migrationRef(text: string): MigrationRef {
  if (text.trim() === '') throw new InvalidArgumentError('It must be the id or the number of a migration.');
  return /^(?:0|[1-9]\d*)$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : text;
}

/**
 * The option `--db`, which names one database: of two, the second would be the only one that is looked at, and a variable of the shell
 * that is not set leaves an empty name.
 */
export function databaseOption(description: string): Option {
  return new Option('--db <file>', description).argParser((text: string, earlier: string | undefined) => {
    if (text.trim() === '')
      throw new InvalidArgumentError('It names no file; in a script, check that the variable is set.');
    if (earlier !== undefined)
      throw new InvalidArgumentError(`It is given twice, ${earlier} first. Run the command for each.`);
    return text;
  });
}

/** Reads a number above 0. */
export function positiveNumber(text: string): number {
  if (/^(?:\d+\.?\d*|\.\d+)$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('It must be a number above 0, such as 0.01.');
}

/** Reads a number from 0 to 100, with or without its sign. */
export function percentage(text: string): number {
  const number = text.trim().replace(/%$/, '');
  if (/^(?:\d+\.?\d*|\.\d+)$/.test(number) && Number(number) <= 100) return Number(number);
  throw new InvalidArgumentError('It must be a share from 0 to 100, such as 20%.');
}

/** Passes a time on. */
function timeText(text: string): string {
  if (readTime(text) !== undefined) return text;
  throw new InvalidArgumentError('It must be a time such as 30s, 5m or 1h, or none.');
}

/** Passes a factor on. */
function factorText(text: string): string {
  if (readFactor(text) !== undefined) return text;
  throw new InvalidArgumentError('It must be a factor of at least 1 such as 2x, or none.');
}

/** Passes a size on. */
function sizeText(text: string): string {
  if (readSize(text) !== undefined) return text;
  throw new InvalidArgumentError('It must be a size such as 500MB or 4GB, or none.');
}

/** Reads a list with commas. */
export function list(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}

/** An option with a list of values; a value that nearly matches gets the one that was meant. */
function oneOf(option: Option, names: readonly string[]): Option {
  return option.choices(names).argParser((text: string) => {
    if (names.includes(text)) return text;
    const meant = closestName(text, names);
    throw new InvalidArgumentError(
      meant === null ? `It must be one of ${names.join(', ')}.` : `Did you mean ${meant}?`,
    );
  });
}

function onOff(text: string): boolean {
  if (text === 'on' || text === 'off') return text === 'on';
  throw new InvalidArgumentError('It must be on or off.');
}
