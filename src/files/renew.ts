import { closeSync, constants, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { copyContent, shareBlocks } from './copy.ts';
import { systemCode } from './faults.ts';

/** The bytes that are compared at once. */
const chunk = 2 ** 20;

/** The bytes that are written where some of them differ, which is a multiple of the pages of most databases. */
const block = 2 ** 14;

/**
 * Gives a file of ours the content of another one and writes only what differs: after most changes that is little. The two
 * share their blocks if the file system supports it.
 * @param to an earlier copy, or a path where nothing is.
 * @throws the error of the file system
 */
export function renewContent(from: string, to: string): void {
  if (shareBlocks(from, to)) return;
  const target = openEarlier(to);
  if (target === null) {
    copyContent(from, to);
    return;
  }
  try {
    const source = openSync(from, 'r');
    try {
      writeDifferences(source, target);
    } finally {
      closeSync(source);
    }
  } finally {
    closeSync(target);
  }
}

/** Whether two files have the same content. @throws the error of the file system */
export function hasSameContent(path: string, other: string): boolean {
  const [file, second] = [openSync(path, 'r'), openSync(other, 'r')];
  try {
    const [bytes, others] = [Buffer.allocUnsafe(chunk), Buffer.allocUnsafe(chunk)];
    let at = 0;
    for (let read = chunk; read === chunk; at += read) {
      read = readWhole(file, bytes, at);
      if (readWhole(second, others, at) !== read || bytes.compare(others, 0, read, 0, read) !== 0) return false;
    }
    return true;
  } finally {
    closeSync(file);
    closeSync(second);
  }
}

function openEarlier(path: string): number | null {
  try {
    return openSync(path, constants.O_RDWR);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function writeDifferences(source: number, target: number): void {
  const [news, olds] = [Buffer.allocUnsafe(chunk), Buffer.allocUnsafe(chunk)];
  let at = 0;
  for (let read = chunk; read === chunk; at += read) {
    read = readWhole(source, news, at);
    const had = readWhole(target, olds, at);
    for (let start = 0; start < read; start += block) {
      const end = Math.min(start + block, read);
      if (end <= had && news.compare(olds, start, end, start, end) === 0) continue;
      writeWhole(target, news.subarray(start, end), at + start);
    }
  }
  ftruncateSync(target, at);
}

/** @returns the number of bytes, less than the buffer holds only at the end of the file. */
function readWhole(file: number, buffer: Buffer, at: number): number {
  let done = 0;
  for (let read = -1; read !== 0 && done < buffer.length; done += read)
    read = readSync(file, buffer, done, buffer.length - done, at + done);
  return done;
}

function writeWhole(file: number, bytes: Buffer, at: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, at + done);
}
