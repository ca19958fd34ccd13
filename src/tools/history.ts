import { createHash } from 'node:crypto';
import { readDirectives, withoutDirectives } from '../directives/read.ts';
import { HarnessError } from '../errors.ts';
import { numberIn, shortId } from '../identity/number.ts';
import { readBase } from '../load/base.ts';
import type { History, Migration, Statement, TableElsewhere, Verb } from '../model/history.ts';
import type { DriverName, Runner, ToolRefusal } from '../model/tool.ts';
import { withJournals } from '../sql/journal-mode.ts';
import { splitStatements } from '../sql/statements.ts';
import { type Asked, chooseTool } from './choose.ts';
import { readListed } from './command/read.ts';
import { type ConfigForm, findConfig } from './config-file.ts';
import { type Folder, openFolder } from './folder.ts';
import { journalInCode } from './journal-in-code.ts';
import { passOverLibsql } from './libsql.ts';
import { madeElsewhere } from './made-elsewhere.ts';
import { ofNoTool } from './no-tool.ts';
import { findOwnLedger } from './own-ledger.ts';
import { refusePlaceholders } from './placeholders.ts';
import type { MigrationFile, Tool } from './tool.ts';

/**
 * Reads a folder of migrations as the tool that runs it does: in its order, the part of each file that it runs.
 * @param directory as the user gave it; paths in the result begin with it.
 * @param base a database or SQL file that version 0 starts from, or null.
 * @param listed what a migrator has listed, where the files of the folder do not tell.
 * @throws HarnessError `folder-missing`, `folder-empty`, `folder-of-another-tool`, `duplicate-version`, `bad-journal`,
 * `version-too-large`, `unsupported`, `file-unreadable`, `file-not-utf8`, `bad-directive`, `bad-base`
 */
export function readHistory(
  directory: string,
  base: string | null = null,
  asked: Asked = { tool: null, driver: null },
  listed: readonly string[] | null = null,
): History {
  const folder = openFolder(directory);
  const { tool, runner } = chooseTool(folder, asked);
  const { files, ignored } = listed === null ? tool.read(folder) : readListed(folder, listed);
  refuseEmpty(folder, files, tool);
  refusePlaceholders(folder, files);
  refuseTwins(folder, files, runner.tool === 'rowproof');
  if (tool.ledger === null && tool.programs === undefined) refuseLarge(folder, files);
  const hashes = tool.hashes?.(folder, files);
  // rowproof's own migrator goes by the directive alone.
  const keysOff = runner.tool === 'rowproof' ? undefined : tool.keysOff?.(folder, filesOf(files));
  const skipped = tool.ledger?.pending === 'newer' ? skippedAmong(files) : new Map<MigrationFile, string>();
  const read = files.map((file, place) => {
    const ledgerHashes = hashes?.get(file.file);
    const skippedAfter = skipped.get(file);
    const switchedBy = keysOff?.get(file.file);
    return {
      ...toMigration(folder, file, place + 1, refusalsBy(tool, runner), runner.driver),
      ...(ledgerHashes !== undefined && { ledgerHashes }),
      ...(skippedAfter !== undefined && { skippedAfter }),
      ...(switchedBy !== undefined && { keysOffBy: switchedBy, settings: { foreignKeys: false } }),
    };
  });
  const migrations = withJournals(read, runner.tool === 'rowproof' ? undefined : journalInCode(folder, read));
  const elsewhere = base === null ? madeElsewhere(folder, migrations) : new Map<number, readonly TableElsewhere[]>();
  const own = base === null && runner.tool === 'plain' ? findOwnLedger(folder, migrations) : null;
  return {
    directory,
    runner,
    ledger: tool.ledger,
    base: base !== null ? readBase(base) : own === null ? null : { kind: 'sql', ...own },
    ...(own !== null && { ownLedger: own }),
    programs: tool.programs === undefined ? null : { config: pathOfConfig(folder, tool.programs.config) },
    migrations: migrations.map((migration) => {
      const tables = elsewhere.get(migration.position) ?? [];
      return tables.length === 0 ? migration : { ...migration, elsewhere: tables };
    }),
    ignored: ignored.map(({ file, reason }) => ({ file: folder.shown(file), reason })),
  };
}

/**
 * Reads a migration of a history once more as if its file had another text. @returns null where the tool would not read it
 * as that migration.
 * @throws HarnessError as `readHistory`
 */
export function readAnew(
  { directory, migrations }: History,
  { position, file, journal }: Migration,
  text: string,
  asked: Asked,
): Migration | null {
  const folder = openFolder(directory, new Map([[file, text]]));
  const { tool, runner } = chooseTool(folder, asked);
  const { files } = tool.read(folder);
  const source = files[position - 1];
  if (source === undefined || files.length !== migrations.length || folder.shown(source.file) !== file) return null;
  const read = toMigration(folder, source, position, refusalsBy(tool, runner), runner.driver);
  return { ...read, ...(journal !== undefined && { journal }) };
}

/**
 * The files whose place in the ledger is not above that of one before them, each with the name of that one: where the newest
 * row of a ledger decides, a database that has the one never runs the other.
 */
function skippedAmong(files: readonly MigrationFile[]): Map<MigrationFile, string> {
  const skipped = new Map<MigrationFile, string>();
  let newest: { readonly at: number; readonly name: string } | null = null;
  for (const file of files) {
    const at = Number(file.ledgerId ?? file.id);
    if (newest !== null && at <= newest.at) skipped.set(file, newest.name);
    else newest = { at, name: file.name };
  }
  return skipped;
}

function filesOf(files: readonly MigrationFile[]): string[] {
  return files.map(({ file }) => file);
}

/** Two files that a ledger cannot tell apart; rowproof's own holds numbers. */
function refuseTwins(folder: Folder, files: readonly MigrationFile[], isByNumber: boolean): void {
  const known = new Map<string, MigrationFile>();
  for (const file of files) {
    const id = isByNumber ? String(numberIn(file.id) ?? file.id) : shortId(file);
    const twin = known.get(id);
    if (twin !== undefined) throw sameVersion(folder, twin, file);
    known.set(id, file);
  }
}

/** rowproof's own ledger holds numbers, which are read as JavaScript's. */
function refuseLarge(folder: Folder, files: readonly MigrationFile[]): void {
  const large = files.find(({ id }) => !Number.isSafeInteger(Number(numberIn(id) ?? 0)));
  if (large !== undefined) throw tooLarge(folder, large);
}

function toMigration(
  folder: Folder,
  source: MigrationFile,
  position: number,
  refusalsOf: (file: MigrationFile, statements: readonly Statement[]) => readonly ToolRefusal[],
  driver: DriverName,
): Migration {
  const { file, name, id, ledgerId = id, kind, text, transaction } = source;
  // A migrator may list what stands in no file.
  const whole = file === '' ? '' : folder.text(file);
  const hash = createHash('sha256')
    .update(withoutDirectives(whole.replaceAll('\r\n', '\n')))
    .digest('hex');
  const shown = file === '' ? folder.directory : folder.shown(file);
  const common = {
    ...{ position, id, ledgerId, name, file: shown, hash },
    ...(transaction && { settings: { transaction } }),
  };
  if (kind === 'code') {
    const directives = readDirectives(headOf(whole), shown);
    return { ...common, kind, statements: [], directives, ownTransaction: false };
  }
  const { statements, passedOver } = passOverLibsql(splitStatements(text), driver);
  return {
    ...common,
    ...(passedOver.length > 0 && { passedOver }),
    kind,
    statements,
    directives: readDirectives(whole, shown),
    ownTransaction: beginsItself(statements),
    refusals: refusalsOf(source, statements),
  };
}

/** The comments at the head of a program, in the form that they have in SQL. */
function headOf(text: string): string {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !/^\s*(?:\/\/.*)?$/.test(line));
  return lines
    .slice(0, end < 0 ? lines.length : end)
    .map((line) => line.trim().replace(/^\/\//, '--'))
    .join('\n');
}

function pathOfConfig(folder: Folder, form: ConfigForm | null): string | null {
  return form === null ? null : (findConfig(folder, form)?.path ?? null);
}

/** The statements that a tool refuses; a program of the project that runs several at once refuses none of them. */
function refusalsBy(
  { refuses }: Tool,
  { driver, ownProgram }: Runner,
): (file: MigrationFile, statements: readonly Statement[]) => readonly ToolRefusal[] {
  if (ownProgram?.runsSeveral === true) return () => [];
  return (file, statements) => refuses?.(file.text, statements, file, driver) ?? [];
}

/** A file whose first word on transactions is COMMIT or ROLLBACK counts on the one that its tool has begun. */
function beginsItself(statements: readonly Statement[]): boolean {
  return statements.find(({ head }) => transactionVerbs.has(head.verb))?.head.verb === 'begin';
}

const transactionVerbs: ReadonlySet<Verb> = new Set<Verb>(['begin', 'commit', 'rollback']);

function sameVersion(folder: Folder, first: MigrationFile, second: MigrationFile): HarnessError {
  const [one, other] = [folder.shown(first.file), folder.shown(second.file)];
  return new HarnessError('duplicate-version', `${one} and ${other} both have version ${versionOf(first)}.`, {
    remedy: 'Give one of them another number; otherwise their order is arbitrary.',
    facts: { version: versionOf(first), first: one, second: other },
  });
}

function versionOf({ id }: MigrationFile): string {
  return String(numberIn(id) ?? id);
}

function tooLarge(folder: Folder, { file, id }: MigrationFile): HarnessError {
  const shown = folder.shown(file);
  return new HarnessError('version-too-large', `${shown}: the number ${id} is larger than 2^53 - 1.`, {
    remedy: 'Use a shorter number; a timestamp in milliseconds has 13 digits.',
    facts: { file: shown },
  });
}

function refuseEmpty(folder: Folder, files: readonly MigrationFile[], { programs }: Tool): void {
  const { directory, files: names, below } = folder;
  if (files.some(({ kind }) => kind === 'sql' || programs !== undefined)) return;
  if (below.some((file) => file.endsWith('/migration.sql'))) {
    throw new HarnessError(
      'folder-of-another-tool',
      `${directory} holds folders with a migration.sql, of Prisma or of drizzle.`,
      {
        remedy: 'Choose the tool: --tool prisma or --tool drizzle-1.',
        facts: { directory },
      },
    );
  }
  if (files.length > 0) throw ofNoTool(folder, files);
  const why = names.length === 0 ? 'it is empty' : `none of its ${names.length} files has a name like 0001_name.sql`;
  throw new HarnessError('folder-empty', `${directory} holds no migration: ${why}.`, {
    remedy: 'Name the folder that holds the migrations, or add the first one as 0001_name.sql.',
    facts: { directory },
  });
}
