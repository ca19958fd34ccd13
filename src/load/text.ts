// This room reads the project's own files: seeds, invariants, bases and modules.
import { HarnessError } from '../errors.ts';
import { readRegular, textLimit } from '../files/regular.ts';

/**
 * Reads a SQL file as text: UTF-8, a byte order mark taken off, line ends as they are.
 * @param limit the bytes that it may have
 * @throws HarnessError `file-unreadable`, also for a path that is not a regular file or is too large, or
 * `file-not-utf8` with the byte at which the text breaks off (a NUL byte counts, because SQLite would end the text
 * there without a word).
 */
export function readSqlText(path: string, shownAs: string = path, limit: number = textLimit): string {
  const bytes = readBytes(path, shownAs, limit);
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const broken = utf16 ? 0 : firstBrokenByte(bytes);
  if (broken >= 0) {
    const isNul = !utf16 && bytes[broken] === 0;
    const fault = isNul ? 'contains a NUL, where SQLite stops reading' : 'is not UTF-8 text';
    throw new HarnessError('file-not-utf8', `${shownAs} ${fault}${utf16 ? ' but UTF-16' : ` (byte ${broken + 1})`}.`, {
      remedy: isNul ? 'Remove it.' : 'Save the file as UTF-8.',
      facts: { file: shownAs, byte: broken + 1 },
    });
  }
  // TextDecoder takes the byte order mark off.
  return new TextDecoder('utf-8').decode(bytes);
}

/** Reads a file. @throws HarnessError `file-unreadable`, also for a path that is not a regular file or is too large */
export function readBytes(path: string, shownAs: string, limit: number = textLimit): Uint8Array {
  try {
    return readRegular(path, { shownAs, limit, code: 'file-unreadable' });
  } catch (cause) {
    if (cause instanceof HarnessError) throw cause;
    throw new HarnessError('file-unreadable', `${shownAs} cannot be read: ${messageOf(cause)}.`, {
      remedy: 'Check that the file exists and that you may read it.',
      facts: { file: shownAs },
      cause,
    });
  }
}

/** The 0-based offset of the first byte that is NUL or not UTF-8, or -1. */
function firstBrokenByte(bytes: Uint8Array): number {
  const nul = bytes.indexOf(0);
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return nul;
  } catch {
    const good = Buffer.from(
      new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split('\ufffd', 1)[0] ?? '',
    ).length;
    return nul < 0 ? good : Math.min(good, nul);
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
