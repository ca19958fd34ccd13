/** The law of every gate: hash, time and mode of the source, and the list of its folder, are what they were. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { expect } from 'vitest';
import { gate as gateFile } from '../src/api.ts';
import type { Config } from '../src/config.ts';
import type { Report } from '../src/model/report.ts';
import type { GateOptions } from '../src/model/request.ts';

/** The most bytes that are hashed; of larger files the time and the size tell. */
const hashed = 2 ** 26;

/**
 * What nobody may change: the list of a folder, and of the source and the files that SQLite keeps beside it
 * all else.
 * @param output a folder of the run's own in it.
 */
export function fingerprintOf(source: string, output?: string | null): string[] {
  const folder = dirname(source);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => typeof output !== 'string' || resolve(folder, name) !== resolve(output))
    .sort()
    .map((name) => (name.startsWith(basename(source)) ? fingerprintOfFile(folder, name) : name));
}

function fingerprintOfFile(folder: string, name: string): string {
  const path = join(folder, name);
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  // A -shm is the board on which SQLite notes locks.
  if (stats?.isFile() !== true || name.endsWith('-shm')) return name;
  const { ino, mtimeNs, mode, size } = stats;
  const hash = size > hashed ? '' : createHash('sha256').update(readFileSync(path)).digest('hex');
  return `${name} ${ino} ${mtimeNs} ${mode} ${size} ${hash}`;
}

/** Runs a gate and proves that its source is untouched, whether it succeeds or throws. */
export async function gate(config: Config, options: GateOptions): Promise<Report> {
  const before = fingerprintOf(options.file, config.reproduce);
  try {
    return await gateFile(config, options);
  } finally {
    expect(fingerprintOf(options.file, config.reproduce), 'the source of the gate').toEqual(before);
  }
}
