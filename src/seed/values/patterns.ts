/** A text that a LIKE or GLOB pattern matches: nothing for `*`, a letter for `%`, `_` and `?`, a member of `[…]`. */
export function patternExample(pattern: string, glob: boolean): string {
  if (!glob) return pattern.replace(/[%_]/g, 'a');
  return pattern.replace(/\[(\^?)(\]?[^\]]*)\]|[*?]/g, (mark, negated: string, members: string | undefined) => {
    if (members === undefined) return mark === '*' ? '' : 'a';
    if (negated === '') return members.charAt(0);
    return [...'a1-_ A'].find((letter) => !patternMatches(`[${members}]`, true, letter)) ?? 'a';
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
