import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseProfile } from '../config/profile-file.ts';
import type { CheckDataset, ResolvedConfig } from '../config.ts';
import type { ProfileMaterial } from '../datasets/profile.ts';
import { HarnessError } from '../errors.ts';
import { ignoredIn, importFixtures, listFixtures, type SeedFile } from '../load/fixtures.ts';
import { loadInvariants } from '../load/invariants.ts';
import { readSqlText } from '../load/text.ts';
import type { Fixture } from '../model/fixture.ts';
import type { History } from '../model/history.ts';
import type { Invariant } from '../model/invariant.ts';
import type { Settings } from '../model/settings.ts';
import { listByCommand } from '../programs/command.ts';
import { readHistory } from '../tools/history.ts';
import { tools } from '../tools/tools.ts';
import { chooseDatasets } from './datasets.ts';
import { refuseUnheardDirectives, withDirectives } from './directives.ts';
import { findMigrations, findProfile, findSeeds } from './places.ts';
import { withPrograms } from './programs.ts';
import { withRunner } from './runner-settings.ts';
import type { RunnableSources } from './running.ts';
import { appliedPositions } from './since.ts';

/** A config with the history that it names. */
export interface ProjectSources {
  readonly history: History;
  readonly config: ResolvedConfig;
}

/** The same with the invariants of the rows. */
export interface GuardedSources extends ProjectSources {
  readonly invariants: readonly Invariant[];
}

/** The plan of a run before any user program runs. */
export interface Plan extends GuardedSources {
  /** The places of the migrations that production has applied: they run, and are not judged. */
  readonly applied: ReadonlySet<number>;
  /** The database whose ledger tells which; null or left out without one. */
  readonly ledger?: string | null;
  /** The files of hand-written rows, the SQL among them read. */
  readonly seeds: readonly SeedFile[];
  /** The shape of production, or null without a profile. */
  readonly profile: ProfileMaterial | null;
  /** The datasets of the run, in the order of a report's columns. */
  readonly datasets: readonly CheckDataset[];
  /** Whether these are all available datasets. */
  readonly isComplete: boolean;
}

/** The inputs of a run. */
export interface Project extends Plan, RunnableSources {
  /** The hand-written rows; none where the run has no dataset of them. */
  readonly fixtures: readonly Fixture[];
}

/**
 * Reads the history of a config, and its directives.
 * @throws HarnessError for a folder, file, base or directive that cannot be used, for a folder.
 */
export function readSources(config: ResolvedConfig): ProjectSources {
  const listed = config.migrator === null ? null : listByCommand(config.migrator);
  // The migrations that a migrator lists need not lie in a folder.
  const place = listed === null ? findMigrations(config.migrations) : (config.migrations ?? '.');
  const read = readHistory(place, config.base, config.runner, listed);
  const planned = config.runsByTool ? runByTool(read) : withRunModule(read, config.runModule);
  const history = withDirectives(planned, config.directives);
  refuseUnheardDirectives(history);
  return { history, config: withOwnLedger(withRunner(config, history.runner), history) };
}

/** The ledger of the project's own runner is no table of the history. */
function withOwnLedger<C extends { readonly settings: Settings }>(config: C, { ownLedger }: History): C {
  if (ownLedger === undefined) return config;
  const { settings } = config;
  const toolTables = [...(settings.toolTables ?? []), ownLedger.table];
  return { ...config, settings: { ...settings, toolTables } };
}

/**
 * Reads the history of a config and its invariants, but not its hand-written rows.
 * @throws HarnessError as `readSources`, and for invariants that cannot be used.
 */
export function readGuardedSources(config: ResolvedConfig): GuardedSources {
  const sources = readSources(config);
  return { ...sources, ...readGuards(sources.history, findSeeds(config.seeds, sources.history.directory)) };
}

/**
 * Reads all inputs of a run except the user's programs: synchronously, because vitest needs all tests first. This is
 * the one place that decides the parts of a run over rows; `loadProject` adds the programs.
 * @throws HarnessError as `readGuardedSources`; `bad-seed`, `bad-profile`; and `bad-config` for a dataset without
 * material; `unknown-version` and `bad-flag` for a `since` or `sinceGit` that nothing has.
 */
export function planProject(given: ResolvedConfig): Plan {
  const { history, config } = readSources(given);
  const applied = appliedPositions(history, config);
  const folder = findSeeds(config.seeds, history.directory);
  const seeds = folder === null ? [] : listFixtures(folder, history);
  const profile = readProfile(config, folder);
  const { datasets, isComplete } = chooseDatasets(config.datasets, {
    fixtures: seeds.length > 0,
    profile: profile !== null,
  });
  return { ...readGuards(history, folder), config, applied, seeds, profile, datasets, isComplete };
}

/** The same run with fewer datasets. */
export function narrowed(plan: Plan, datasets: readonly CheckDataset[]): Plan {
  return { ...plan, datasets, isComplete: plan.isComplete && plan.datasets.every((name) => datasets.includes(name)) };
}

/**
 * Loads what a plan has left: the seeds that are programs, where the run has a dataset of hand-written rows, and the
 * migrations that are. The caller that runs the project ends its programs.
 * @throws HarnessError `bad-seed`, and those of `withPrograms`
 */
export async function loadProject(plan: Plan): Promise<Project> {
  const fixtures = plan.datasets.includes('fixture') ? await importFixtures(plan.seeds) : [];
  return { ...(await withPrograms(plan)), fixtures };
}

/** The invariants of a folder of seeds, and the history with the ignored files there. */
function readGuards(history: History, seeds: string | null): Pick<GuardedSources, 'history' | 'invariants'> {
  if (seeds === null) return { history, invariants: [] };
  const folder = join(seeds, 'invariants');
  const invariants = loadInvariants(folder, history);
  const ignored = [...ignoredIn(seeds, ['invariants']), ...(existsSync(folder) ? ignoredIn(folder) : [])];
  return { history: { ...history, ignored: [...history.ignored, ...ignored] }, invariants };
}

function readProfile(config: ResolvedConfig, seeds: string | null): ProfileMaterial | null {
  const file = findProfile(config, seeds);
  return file === null ? null : { profile: parseProfile(readSqlText(file), file), file, scale: config.scale };
}

/** Programs of a folder whose tool runs none are run by the project's own module. */
/** A history whose SQL files the installed tool runs. @throws HarnessError `bad-config` where rowproof cannot have it do so */
function runByTool(history: History): History {
  const { tool, title } = history.runner;
  if (tools.find(({ name }) => name === tool)?.programs?.ofSql !== true) {
    throw new HarnessError('bad-config', `migrator.run is 'tool', and ${title} does not run SQL files for rowproof.`, {
      remedy: 'Leave it out: rowproof runs SQL files as the tool does. The npm package sqlite can run its own.',
      facts: { tool },
    });
  }
  return { ...history, migrations: history.migrations.map((each) => ({ ...each, kind: 'code' })) };
}

function withRunModule(history: History, module: string | null): History {
  return module === null ? history : { ...history, programs: { config: module } };
}
