import { inside } from './nesting.ts';
import { comparedUse, type ParameterUse, writtenUses } from './parameter-uses.ts';
import { isBlank, tokens } from './tokens.ts';
import { readWords, type Word } from './words.ts';

/** A place in a statement that an application binds a value to. https://sqlite.org/lang_expr.html#varparam */
export interface Parameter {
  readonly start: number;
  readonly end: number;
  /** Equal for places that get one value. */
  readonly key: string;
  /** The facts about the value. */
  readonly use: ParameterUse;
}

/** Reads the parameters of a statement, in order; `sqlc.arg(name)` and the like count as one. */
export function readParameters(sql: string): Parameter[] {
  const words = readWords(sql);
  const written = writtenUses(sql, words);
  const found: Parameter[] = [];
  let anonymous = 0;
  for (let i = 0; i < words.length; i++) {
    const place = placeAt(words, i);
    if (place === null) continue;
    const { last, name } = place;
    const key = name ?? `?${++anonymous}`;
    const start = words[i]?.start ?? 0;
    const value = written.get(start);
    const isWhole = value !== undefined && value.end === words[last]?.end;
    const use = value === undefined ? comparedUse(words, i, last) : { ...value.use, isWhole };
    found.push({ start, end: words[last]?.end ?? start, key, use });
    i = last;
  }
  return found;
}

/** A text or number that a statement writes into a column as it is. */
export interface WrittenValue extends Parameter {
  readonly text: string;
}

/** Reads the values that a statement writes out, as if they were parameters with a value. */
export function readWrittenValues(sql: string): WrittenValue[] {
  const words = readWords(sql);
  const written = writtenUses(sql, words);
  return words.flatMap(({ kind, start, end, text }): WrittenValue[] => {
    const value = written.get(start);
    const isValue = (kind === 'string' || kind === 'number') && value?.end === end;
    return isValue ? [{ start, end, text, key: `${start}`, use: { ...value.use, isWhole: true } }] : [];
  });
}

/** The text with a value for each parameter. @param literalOf SQL for the value of a key. */
export function bindText(sql: string, parameters: readonly Parameter[], literalOf: (key: string) => string): string {
  let bound = '';
  let from = 0;
  for (const { start, end, key } of parameters) {
    bound += `${sql.slice(from, start)} ${literalOf(key)} `;
    from = end;
  }
  return bound + sql.slice(from);
}

/** The text on one line with `?` in the place of every text and number; statements that differ only there are equal. */
export function withoutValues(sql: string): string {
  let text = '';
  for (const token of tokens(sql)) {
    if (isBlank(token)) text += ' ';
    else if (token.kind === 'string') text += '?';
    // The number of a parameter goes with it.
    else if (token.kind === 'number') text += text.endsWith('?') ? '' : '?';
    else text += sql.slice(token.start, token.end);
  }
  return text.replaceAll(/ +/g, ' ').trim();
}

/** A parameter that begins at a word: its last word, and its name unless it has none. */
function placeAt(words: readonly Word[], at: number): { readonly last: number; readonly name: string | null } | null {
  const word = words[at];
  const next = words[at + 1];
  if (word === undefined) return null;
  if (word.kind === 'parameter') return { last: at, name: word.text };
  if (word.text === '?') {
    const isNumbered = next?.kind === 'number' && next.start === word.end;
    return isNumbered ? { last: at + 1, name: `?${next.text}` } : { last: at, name: null };
  }
  const macro = words[at + 2];
  if (word.key !== 'SQLC' || next?.text !== '.' || words[at + 3]?.text !== '(') return null;
  if (!macros.has(macro?.key ?? '')) return null;
  const list = inside(words, at + 3);
  return { last: at + 4 + list.length, name: list.map(({ text }) => text).join('') };
}

/** The macros of sqlc that stand for a parameter: https://docs.sqlc.dev/en/latest/reference/macros.html */
const macros: ReadonlySet<string> = new Set(['ARG', 'NARG', 'SLICE']);
