/**
 * A text that a LIKE or GLOB pattern matches: nothing for `*`, a letter for `%`, `_` and `?`, a member of `[…]`. Where the
 * pattern leaves room another `index` gives another text.
 */
export function patternExample(pattern: string, glob: boolean, index = 0): string {
  let left = index;
  /** One of `choices`, by what of the index no place before it has used up. */
  const spend = (choices: readonly string[]): string => {
    const choice = choices[left % choices.length] ?? 'a';
    left = Math.floor(left / choices.length);
    return choice;
  };
  const many = (least: string): string => {
    const text = left === 0 ? least : left.toString(36);
    left = 0;
    return text;
  };
  if (!glob) return pattern.replace(/[%_]/g, (mark) => (mark === '%' ? many('a') : spend(letters)));
  return pattern.replace(/\[(\^?)(\]?[^\]]*)\]|[*?]/g, (mark, negated: string, members: string | undefined) => {
    if (members === undefined) return mark === '*' ? many('') : spend(letters);
    if (negated === '') return spend(expand(members));
    return [...'a1-_ A'].find((letter) => !patternMatches(`[${members}]`, true, letter)) ?? 'a';
  });
}

const letters = [...'abcdefghijklmnopqrstuvwxyz'];

/** The characters of a set such as `0-9x`. */
function expand(members: string): string[] {
  const ends = [...members.matchAll(/(.)-(.)|(.)/gsu)];
  return ends.flatMap(([, first, last, single]) => {
    if (first === undefined || last === undefined) return single ?? [];
    const [from, to] = [first.codePointAt(0) ?? 0, last.codePointAt(0) ?? 0];
    return Array.from({ length: Math.max(0, Math.min(to - from + 1, 64)) }, (_, i) => String.fromCodePoint(from + i));
  });
}

/**
 * Whether a LIKE or GLOB pattern matches all of `text`; LIKE folds the case of letters.
 * https://sqlite.org/lang_expr.html#the_like_glob_regexp_match_and_extract_operators
 */
export function patternMatches(pattern: string, glob: boolean, text: string): boolean {
  const [any, one] = glob ? ['*', '?'] : ['%', '_'];
  const source = pattern.replace(glob ? /\[\^?\]?[^\]]*\]|./gs : /./gs, (mark) => {
    if (mark === any) return '.*';
    if (mark === one) return '.';
    return mark.length > 1 ? mark.replace(/\\/g, '\\\\') : mark.replace(/[\\^$.|?*+(){}[\]]/, '\\$&');
  });
  try {
    return new RegExp(`^${source}$`, glob ? 's' : 'is').test(text);
  } catch {
    // A set such as [z-a] matches nothing in SQLite and is an error here.
    return false;
  }
}
