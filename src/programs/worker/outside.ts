import childProcess from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import workerThreads from 'node:worker_threads';

/** Functions of `fs` that change something, without `Sync`. */
const changing = [
  ...[
    'appendFile',
    'chmod',
    'chown',
    'copyFile',
    'cp',
    'lchown',
    'lutimes',
    'link',
    'mkdir',
    'mkdtemp',
    'rename',
    'rm',
  ],
  ...['rmdir', 'symlink', 'truncate', 'unlink', 'utimes', 'writeFile', 'createWriteStream'],
];

const starting = ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'];

/**
 * Refuses what programs do by Node's own functions to files and by other processes, so that a run leaves nothing behind.
 * Native code and the network stay open.
 */
export function refuseOutside(): void {
  for (const name of changing) {
    replace(fs, name, (path) => `fs.${name}(${show(path)})`);
    replace(fs, `${name}Sync`, (path) => `fs.${name}Sync(${show(path)})`);
    replace(fs.promises, name, (path) => `fs.promises.${name}(${show(path)})`, true);
  }
  for (const [holder, name] of [
    [fs, 'open'],
    [fs, 'openSync'],
    [fs.promises, 'open'],
  ] as const)
    replaceOpen(holder, name);
  for (const name of starting) replace(childProcess, name, (command) => `child_process.${name}(${show(command)})`);
  replace(workerThreads, 'Worker', (file) => `new Worker(${show(file)})`);
  syncBuiltinESMExports();
}

type Holder = object;

function replace(holder: Holder, name: string, describe: (first: unknown) => string, isPromise = false): void {
  const original: unknown = Reflect.get(holder, name);
  if (typeof original !== 'function') return;
  const refuse = function refuse(...given: unknown[]): unknown {
    if (isDevice(given[0]) || (name.startsWith('mkdir') && isThere(given)))
      return Reflect.apply(original, holder, given);
    return refuseCall(describe(given[0]), given, isPromise);
  };
  Object.defineProperty(holder, name, { value: refuse, writable: true, configurable: true });
}

/** Replaces a function that opens files; reading does no harm. https://nodejs.org/api/fs.html#file-system-flags */
function replaceOpen(holder: Holder, name: string): void {
  const original: unknown = Reflect.get(holder, name);
  if (typeof original !== 'function') return;
  const isPromise = holder === fs.promises;
  const open = function open(...given: unknown[]): unknown {
    const [path, flags] = given;
    const reads = flags === undefined || flags === null || typeof flags === 'function' || isReading(flags);
    if (reads || isDevice(path)) return Reflect.apply(original, holder, given);
    return refuseCall(`fs.${name}(${show(path)})`, given, isPromise);
  };
  Object.defineProperty(holder, name, { value: open, writable: true, configurable: true });
}

function isReading(flags: unknown): boolean {
  if (typeof flags === 'number') {
    const { O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND } = fs.constants;
    return (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND)) === 0;
  }
  return flags === 'r' || flags === 'rs';
}

/** Whether a path is a device that keeps no data. */
function isDevice(path: unknown): boolean {
  return path === '/dev/null' || path === '\\\\.\\NUL';
}

/** To make sure of a folder that is there changes nothing; TypeORM 0.3 does so before it opens a database. */
function isThere([path, options]: readonly unknown[]): boolean {
  if (typeof options !== 'object' || options === null || Reflect.get(options, 'recursive') !== true) return false;
  if (typeof path !== 'string' && !(path instanceof URL)) return false;
  return fs.statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function refuseCall(what: string, given: readonly unknown[], isPromise: boolean): unknown {
  const error = Object.assign(
    new Error(`${what} is refused: rowproof lets a migration change nothing but its database`),
    {
      code: 'EPERM',
    },
  );
  if (isPromise) return Promise.reject(error);
  const callback = given.at(-1);
  if (typeof callback !== 'function') throw error;
  setImmediate(() => Reflect.apply(callback, undefined, [error]));
  return undefined;
}

function show(value: unknown): string {
  return typeof value === 'string' || value instanceof URL ? JSON.stringify(String(value)) : '…';
}
