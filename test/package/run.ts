import { execFile } from 'node:child_process';
import { delimiter, dirname } from 'node:path';

/** The ending of a program, and its output. */
export interface Ended {
  /** The exit code, or the name of the error when it could not be started. */
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** Variables by which the programs that started this test would change how others behave. */
const inherited = /^(?:npm_|pnpm_|VITEST|NODE_ENV$|NODE_OPTIONS$|NODE_PATH$|FORCE_COLOR$)/;

/** Those of them that say where packages come from, which stays as it is. */
const kept = /^npm_config_(?:registry|cache|cafile)$/;

const { PATH = '' } = process.env;

/** The environment of a user: without the variables of the test run, and with the Node that runs it first in PATH. */
const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !inherited.test(name) || kept.test(name))),
  PATH: [dirname(process.execPath), PATH].join(delimiter),
};

/** Runs a program in a folder and waits until it ends; never rejects. */
export function run(folder: string, command: string, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd: folder, env: environment }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : (error.code ?? error.signal), stdout, stderr });
    });
  });
}
