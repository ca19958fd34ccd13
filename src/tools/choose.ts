import { basename } from 'node:path';
import { HarnessError } from '../errors.ts';
import type { DriverName, Runner, ToolName } from '../model/tool.ts';
import { findConfig } from './config-file.ts';
import { drivers, findDriver } from './drivers.ts';
import type { Folder } from './folder.ts';
import { readProgram } from './program.ts';
import type { RunnerSettings, Tool } from './tool.ts';
import { tools } from './tools.ts';

/** The user's settings on the runner of the migrations; null where none are given. */
export interface Asked {
  readonly tool: ToolName | null;
  readonly driver: DriverName | null;
}

/**
 * Finds out whose a folder is: what the user says, else what its files tell.
 * @throws HarnessError `folder-of-another-tool` where the files of two tools lie in one folder
 */
export function chooseTool(folder: Folder, asked: Asked): { readonly tool: Tool; readonly runner: Runner } {
  const told = tools.flatMap((tool) => {
    const evidence = tool.recognise(folder);
    return evidence === null ? [] : [{ tool, evidence }];
  });
  const named = asked.tool === null ? undefined : tools.find(({ name }) => name === readAs(asked.tool));
  const [first, second] = told.filter(
    ({ tool }) => tool.name !== 'plain' && !told.some((other) => other.tool.overrules.includes(tool.name)),
  );
  if (named === undefined && first !== undefined && second !== undefined) {
    throw new HarnessError(
      'folder-of-another-tool',
      `${folder.directory} looks like a folder of ${first.tool.title} (${first.evidence}) and of ${second.tool.title} (${second.evidence}).`,
      {
        remedy: `Choose the tool: --tool ${first.tool.name} or --tool ${second.tool.name}.`,
        facts: { directory: folder.directory, first: first.tool.name, second: second.tool.name },
      },
    );
  }
  const chosen = named === undefined ? (first ?? told.at(-1)) : { tool: named, evidence: null };
  if (chosen === undefined) throw new Error('the plain folder takes everything');
  return { tool: chosen.tool, runner: describe(chosen.tool, chosen.evidence, folder, asked) };
}

/** The settings that a runner decides. */
export function settingsOf({ tool, driver, foreignKeys }: Runner): RunnerSettings {
  const own = tools.find(({ name }) => name === readAs(tool));
  if (own === undefined) throw new Error(`there is no tool ${tool}`);
  const settings = own.settings(driver);
  return foreignKeys === null ? settings : { ...settings, foreignKeys: foreignKeys.on };
}

/** The version of SQLite under a driver, where it is known and older than ours; else null. */
export function sqliteOf({ driver }: Runner): string | null {
  return drivers[driver].sqlite ?? null;
}

/** rowproof's own migrator reads a plain folder. */
function readAs(name: ToolName | null): ToolName | null {
  return name === 'rowproof' ? 'plain' : name;
}

function describe(tool: Tool, evidence: string | null, folder: Folder, asked: Asked): Runner {
  const isOurs = asked.tool === 'rowproof';
  // rowproof's own migrator has its own driver, whatever else the project installs.
  const isFound = asked.driver === null && tool.looksForDriver && !isOurs;
  const program = tool.program === undefined || isOurs ? null : readProgram(folder, tool.program);
  const found = isFound ? (driverOfConfig(folder, tool) ?? program?.driver ?? findDriver(folder)) : null;
  const driver = asked.driver ?? found?.driver ?? tool.driver;
  return {
    tool: isOurs ? 'rowproof' : tool.name,
    title: isOurs ? 'rowproof' : tool.title,
    evidence: program?.own == null || evidence === null ? evidence : `${evidence}, run by ${program.own.evidence}`,
    driver,
    driverEvidence: asked.driver !== null ? '--driver' : tool.looksForDriver ? (found?.evidence ?? null) : tool.title,
    foreignKeys: actsOnKeys(tool, driver, program?.foreignKeys ?? null),
    ...(program?.own != null && { ownProgram: program.own }),
    advice: {
      keysOff: isOurs
        ? 'Put `-- rowproof: foreign_keys=off` at the head of the migration.'
        : tool.advice.keysOff(driver),
      oneTransaction: tool.advice.oneTransaction,
      ...(tool.advice.outsideTransaction !== undefined &&
        !isOurs && { outsideTransaction: tool.advice.outsideTransaction }),
      afterFailure: tool.advice.afterFailure ?? 'Undo its changes by hand; the migration is then pending again.',
    },
  };
}

/** The driver that the tool's own config names, which decides before any other file. */
function driverOfConfig(folder: Folder, { programs }: Tool): ReturnType<typeof findDriver> {
  if (programs?.config == null || programs.driver === undefined) return null;
  const config = findConfig(folder, programs.config);
  const driver = config === null ? null : programs.driver(config.text);
  return config === null || driver === null ? null : { driver, evidence: basename(config.path) };
}

/**
 * The setting of foreign keys by a program, where it decides: a migrator that switches them off by itself does so whatever the
 * connection has, and one that switches them on does so when it connects, before the program can switch them off.
 */
function actsOnKeys(tool: Tool, driver: DriverName, said: Runner['foreignKeys']): Runner['foreignKeys'] {
  const own = tool.settings(driver).foreignKeys;
  const isOffByItself = !own && drivers[driver].foreignKeys;
  return isOffByItself || said === null || said.on === own ? null : said;
}
