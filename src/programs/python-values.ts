import type { SqlValue } from '../model/connection.ts';

/** A value as Python prints it, or the end of a tuple. */
const token =
  /\s*(?:(?<string>[bu]?'(?:[^'\\]|\\.)*'|[bu]?"(?:[^"\\]|\\.)*")|(?<number>-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)|(?<word>None|True|False)|(?<sign>[()[\],]))/suy;

const words: Readonly<Record<string, SqlValue>> = { None: null, True: 1n, False: 0n };

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/**
 * Reads the values of a statement as Python prints them: a tuple, or a list of tuples where the statement ran several times.
 * https://docs.sqlalchemy.org/en/20/core/engines.html#configuring-logging
 * @returns a list of values for each run; null where the text is something else.
 */
export function readPythonValues(text: string): readonly (readonly SqlValue[])[] | null {
  const runs: SqlValue[][] = [];
  let at = 0;
  let open: SqlValue[] | null = null;
  while (at < text.trimEnd().length) {
    token.lastIndex = at;
    const groups = token.exec(text)?.groups;
    if (groups === undefined) return null;
    at = token.lastIndex;
    const { string, number, word, sign } = groups;
    if (sign === '(') open = [];
    else if (sign === ')' && open !== null) {
      runs.push(open);
      open = null;
    } else if (sign === undefined) {
      const value = string === undefined ? numberOrWord(number, word) : unquoted(string);
      if (open === null || value === undefined) return null;
      open.push(value);
    }
  }
  return open === null ? runs : null;
}

function numberOrWord(number: string | undefined, word: string | undefined): SqlValue | undefined {
  if (number !== undefined) return /^-?\d+$/.test(number) ? BigInt(number) : Number(number);
  return word === undefined ? undefined : words[word];
}

/** Bytes are not read: the same text would be another value. */
function unquoted(text: string): SqlValue | undefined {
  if (text.startsWith('b')) return undefined;
  return text
    .replace(/^u/, '')
    .slice(1, -1)
    .replaceAll(/\\x([0-9a-f]{2})|\\u([0-9a-f]{4})|\\(.)/gsu, (_all, byte?: string, unit?: string, other?: string) => {
      const code = byte ?? unit;
      return code === undefined
        ? (escapes[other ?? ''] ?? other ?? '')
        : String.fromCodePoint(Number.parseInt(code, 16));
    });
}
