import {
  appendFileSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { HarnessError } from '../errors.ts';
import { describeFault, faultOf, systemCode } from './faults.ts';
import type { Inputs } from './inputs.ts';
import { deferSignals } from './signals.ts';
import { findTarget, type OutputTarget, unwritable, unwritableBecause } from './target.ts';
import { sweep, temporaryName } from './temporary.ts';

/** Where a text will be written. */
export interface Output {
  /** Whether it is a file, and not a device, a pipe or a stream of this process. */
  readonly isFile: boolean;
  /** The number of files of killed runs that were removed beside it. */
  readonly swept: number;
  /**
   * Writes the text: a file gets it whole or stays as it was.
   * @throws HarnessError `output-unwritable`, `disk-full`
   */
  write(text: string): void;
}

/**
 * Checks the target of an output before the work rather than after it.
 * @throws HarnessError `output-unwritable` where the text would destroy something or cannot be written
 */
export function prepareOutput(file: string, inputs: Inputs): Output {
  const target = findTarget(file, inputs, 'report');
  return {
    isFile: target.kind === 'file',
    swept: target.kind === 'file' ? sweep(dirname(target.path)) : 0,
    // The target may have changed during the work.
    write: (text) => writeTo(file, findTarget(file, inputs, 'report'), text),
  };
}

function writeTo(file: string, target: OutputTarget, text: string): void {
  try {
    if (target.kind === 'file') deferSignals(() => replace(target, text));
    else if (target.own !== null) process[target.own].write(text);
    else writeStream(target.path, text);
  } catch (error) {
    throw outputError(file, target.path, error);
  }
}

/** Adds a text to the end of a file. @throws HarnessError `output-unwritable`, `disk-full` */
export function appendText(file: string, text: string): void {
  try {
    appendFileSync(file, text);
  } catch (error) {
    throw outputError(file, file, error);
  }
}

/**
 * Writes another text into a file that is there: the file gets it whole or stays as it was. Links are followed.
 * @throws HarnessError `output-unwritable`, `disk-full`
 */
export function replaceText(file: string, text: string): void {
  try {
    const path = realpathSync(file);
    deferSignals(() => replace({ kind: 'file', path, known: statSync(path) }, text));
  } catch (error) {
    throw outputError(file, file, error);
  }
}

/** The meaning of an error while an output is written. */
export function outputError(file: string, path: string, error: unknown): unknown {
  const code = systemCode(error);
  if (error instanceof HarnessError || code === null || !(error instanceof Error)) return error;
  const fault = faultOf(code);
  if (fault === null) return unwritableBecause(file, error);
  const what = `${file} cannot be written`;
  return describeFault(fault, { what, folder: dirname(path), message: error.message, cause: error });
}

/**
 * Writes a file of another name beside the target and renames it: it never writes through a link that has taken the
 * target's name, and a partial text is never visible.
 */
function replace({ path, known }: Extract<OutputTarget, { kind: 'file' }>, text: string): void {
  const draft = join(dirname(path), temporaryName('.rowproof-'));
  const descriptor = openSync(draft, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  try {
    writeAll(descriptor, text);
    if (known !== null) keepOwner(descriptor, known);
    fsyncSync(descriptor);
    renameSync(draft, path);
    // Not earlier: a later run recognises an abandoned draft by its mode.
    fchmodSync(descriptor, known === null ? 0o666 & ~process.umask() : known.mode & 0o777);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

function keepOwner(descriptor: number, { uid, gid }: { uid: number; gid: number }): void {
  try {
    fchownSync(descriptor, uid, gid);
  } catch {
    // Only the superuser may give files away; otherwise the writer owns it.
  }
}

/** Opening a pipe without a reader would wait for ever. */
function writeStream(path: string, text: string): void {
  const descriptor = openStream(path);
  try {
    writeAll(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}

function openStream(path: string): number {
  try {
    return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (systemCode(error) !== 'ENXIO') throw error;
    throw unwritable(path, 'no process reads the pipe', 'Start a reader first.', error);
  }
}

function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(descriptor, bytes, done);
    } catch (error) {
      if (systemCode(error) !== 'EAGAIN') throw error;
      // The pipe is full until its reader continues.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
    }
  }
}

/** Milliseconds between two attempts. */
const pause = 10;
