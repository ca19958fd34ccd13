import { isBlank, tokens } from './tokens.ts';

/** `name` as an SQL identifier, whatever it holds: spaces, quotes, keywords. https://sqlite.org/lang_keywords.html */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Names as a comma-separated list of SQL identifiers. */
export function quoteNames(names: readonly string[]): string {
  return names.map(quoteName).join(', ');
}

/** `text` as an SQL string literal. */
export function quoteString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The name that an identifier token stands for: its quotes taken off, doubled ones made single. */
export function unquote(token: string): string {
  const quote = token[0];
  if (quote === '[') return token.slice(1, token.endsWith(']') ? -1 : undefined);
  if (quote !== '"' && quote !== '`' && quote !== "'") return token;
  const inner = token.slice(1, token.length > 1 && token.endsWith(quote) ? -1 : undefined);
  return inner.replaceAll(quote + quote, quote);
}

/** Whether two names are one to SQLite, which folds the case of ASCII letters alone. */
export function sameName(a: string, b: string): boolean {
  // Names are compared all over, and most are of other lengths.
  return a === b || (a.length === b.length && foldName(a) === foldName(b));
}

/** Whether one of `names` is the same to SQLite as `name`. */
export function includesName(names: readonly string[], name: string): boolean {
  return names.some((each) => sameName(each, name));
}

/** `name` in the form that SQLite compares: ASCII letters in lower case, all else unchanged. */
export function foldName(name: string): string {
  return upperCase.test(name) ? name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : name;
}

const upperCase = /[A-Z]/;

/** `sql` with comments and line breaks made into single spaces, for showing on one line and for comparing texts. */
export function onOneLine(sql: string): string {
  let line = '';
  let pending = false;
  for (const token of tokens(sql)) {
    if (isBlank(token)) {
      pending = line !== '';
      continue;
    }
    line += (pending ? ' ' : '') + sql.slice(token.start, token.end);
    pending = false;
  }
  return line;
}
