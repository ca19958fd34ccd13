import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../src/config.ts';
import type { Finding, FindingCode } from '../src/model/finding.ts';
import { folderWith } from './temporary.ts';

/** The settings of a case, in the words of its `case.json`. */
export const settingsSchema = z.object({
  foreign_keys: z.enum(['on', 'off']),
  transaction: z.enum(['per-migration', 'all-pending', 'none']),
  dqs: z.boolean(),
});

/** Values of rows that count as a hazard where `needs` is one of these. */
const hazardousNeeds = ['null', 'duplicate', 'orphan', 'bad-json', 'wrong-type'];

const caseSchema = z
  .object({
    class: z.string(),
    /** The lowest version of SQLite that has the statements of the case; any when left out. */
    sqlite: z.string().optional(),
    settings: settingsSchema,
    expected: z.object({
      finding: z.string(),
      /** The mechanism behind the code; any when left out. */
      cause: z.string().optional(),
      table: z.string(),
      statement: z.number().nullable(),
      sqlite_message: z.string().optional(),
      tables: z.array(z.string()).optional(),
      also: z.array(z.string()).optional(),
      severity: z.enum(['error', 'warning', 'note']).optional(),
      /** The hazard that the warning must name. */
      hazard: z.object({ kind: z.string(), table: z.string(), columns: z.array(z.string()) }).optional(),
    }),
    needs: z.string(),
    /** The number of rows that it takes where one is too few. */
    min_rows: z.number().optional(),
    fixed_also: z.array(z.object({ finding: z.string(), severity: z.string() })).optional(),
    out_of_reach: z.string().optional(),
  })
  .refine(({ needs, expected }) => hazardousNeeds.includes(needs) === (expected.hazard !== undefined), {
    message: `expected.hazard names what rows must hold where needs is one of ${hazardousNeeds.join(', ')}, and only there`,
  });

/** A migration that is fine on an empty database and wrong on rows, with what is expected of us. */
export interface Specimen extends z.infer<typeof caseSchema> {
  readonly name: string;
  /** Its place in the list of all specimens. */
  readonly place: number;
  readonly folder: string;
  readonly config: Config;
}

const root = join(import.meta.dirname, 'specimens');

/** Every specimen, by name. */
export const specimens: readonly Specimen[] = readdirSync(root)
  .sort()
  .map((name, place) => {
    const folder = join(root, name);
    const { data: facts, error } = caseSchema.safeParse(JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')));
    if (error !== undefined) throw new Error(`${name}/case.json: ${z.prettifyError(error)}`);
    return { ...facts, name, place, folder, config: configOf(folder, facts.settings) };
  });

/** What is told of one place: of a finding, or of another place of its cause. */
export type Told = Pick<
  Finding,
  'code' | 'cause' | 'consequences' | 'severity' | 'statement' | 'table' | 'message' | 'datasets' | 'hazards' | 'faults'
>;

/** A finding and the others of its migration that fail for the same cause, each as if it stood by itself. */
export function placesOf(finding: Finding): Told[] {
  const { cause } = finding;
  const sites = 'sites' in finding.facts ? (finding.facts.sites ?? []) : [];
  const others = sites.filter((site) => 'message' in site);
  return [finding, ...others.map((site): Told => ({ ...site, cause, consequences: [] }))];
}

/** The codes that a finding tells: its own, those of its consequences, and those of the other places of its cause. */
export function codesOf(finding: Finding): FindingCode[] {
  const [, ...others] = placesOf(finding).map(({ code }) => code);
  const told: FindingCode[] = [finding.code, ...finding.consequences];
  return [...told, ...others.filter((code) => code === finding.code)];
}

/** Whether a finding tells a code of a `case.json`. */
export function tells({ code, consequences }: Pick<Finding, 'code' | 'consequences'>, wanted: string): boolean {
  return [code, ...consequences].some((each) => each === wanted);
}

/** Whether a finding says what a `case.json` expects: the place, the mechanism behind it and the rows that it needs. */
export function isRight(
  finding: Told,
  { finding: code, table, statement, cause, hazard }: Specimen['expected'],
): boolean {
  if (!tells(finding, code) || finding.table !== table || finding.statement !== statement) return false;
  if (cause !== undefined && finding.cause !== cause) return false;
  return hazard === undefined || finding.hazards.some((each) => isNeed(each, hazard));
}

function isNeed(
  found: Finding['hazards'][number],
  { kind, table, columns }: { readonly kind: string; readonly table: string; readonly columns: readonly string[] },
): boolean {
  return found.kind === kind && found.table === table && found.columns.join('\0') === columns.join('\0');
}

/** Why a specimen cannot be shown by an engine whose SQLite has `version`, or null. */
export function tooOldFor({ sqlite }: Specimen, version: string): string | null {
  return sqlite === undefined || !isOlder(version, sqlite) ? null : `it takes SQLite ${sqlite}, and this is ${version}`;
}

function isOlder(version: string, wanted: string): boolean {
  return version.localeCompare(wanted, 'en', { numeric: true }) < 0;
}

/** The config of the case in a folder. */
export function configOf(folder: string, settings: z.infer<typeof settingsSchema>): Config {
  return {
    // Their corrected forms say what rowproof's own migrator reads.
    tool: 'rowproof',
    migrations: join(folder, 'migrations'),
    seeds: join(folder, 'seeds'),
    foreignKeys: settings.foreign_keys === 'on',
    transaction: settings.transaction,
    doubleQuotedStrings: settings.dqs,
    // Corrected migrations have a test of their own.
    rewrites: false,
  };
}

/** The specimen with its last migration replaced by the corrected one, in an empty folder: one of the test's when left out. */
export function fixedConfig({ folder, config }: Specimen, copy = folderWith()): Config {
  cpSync(join(folder, 'migrations'), join(copy, 'migrations'), { recursive: true });
  cpSync(join(folder, 'seeds'), join(copy, 'seeds'), { recursive: true });
  const last = readdirSync(join(copy, 'migrations')).sort().at(-1) ?? '';
  rmSync(join(copy, 'migrations', last));
  cpSync(join(folder, 'fixed.sql'), join(copy, 'migrations', last));
  return { ...config, migrations: join(copy, 'migrations'), seeds: join(copy, 'seeds') };
}
