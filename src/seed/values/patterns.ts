/**
 * A text that a LIKE or GLOB pattern matches: nothing for `*`, a letter for `%`, `_` and `?`, a member of `[…]`.
 * Where the pattern leaves room another `index` gives another text.
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
 * Whether a LIKE or GLOB pattern matches all of `text`; LIKE folds the case of letters. A regular expression could take
 * hours where several `%` stand in one pattern.
 * https://sqlite.org/lang_expr.html#the_like_glob_regexp_match_and_extract_operators
 */
export function patternMatches(pattern: string, glob: boolean, text: string): boolean {
  const marks = marksOf(pattern, glob);
  const letters = [...text];
  let mark = 0;
  let at = 0;
  let lastAny = -1;
  let resume = 0;
  while (at < letters.length) {
    const expected = marks[mark];
    if (expected === 'any') {
      lastAny = mark++;
      resume = at;
    } else if (expected?.(letters[at] ?? '')) {
      mark += 1;
      at += 1;
    } else if (lastAny >= 0) {
      // The last `%` takes one letter more; those before it need not be tried again.
      mark = lastAny + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  return marks.slice(mark).every((expected) => expected === 'any');
}

type Mark = 'any' | ((letter: string) => boolean);

function marksOf(pattern: string, glob: boolean): Mark[] {
  const [any, one] = glob ? ['*', '?'] : ['%', '_'];
  const marks = pattern.match(glob ? /\[\^?\]?[^\]]*\]|./gsu : /./gsu) ?? [];
  return marks.map((mark): Mark => {
    if (mark === any) return 'any';
    if (mark === one) return () => true;
    if (glob && mark.length > 2 && mark.startsWith('[')) return memberOf(mark.slice(1, -1));
    const plain = folded(mark, glob);
    return (letter) => folded(letter, glob) === plain;
  });
}

/** LIKE folds ASCII letters alone. */
function folded(letter: string, glob: boolean): string {
  return glob ? letter : letter.replace(/[A-Z]/, (capital) => capital.toLowerCase());
}

function memberOf(set: string): (letter: string) => boolean {
  const negated = set.startsWith('^');
  const ranges = [...(negated ? set.slice(1) : set).matchAll(/(.)-(.)|(.)/gsu)].map(
    ([, first, last, single]) => [first ?? single ?? '', last ?? single ?? ''] as const,
  );
  const code = (letter: string): number => letter.codePointAt(0) ?? -1;
  return (letter) =>
    negated !== ranges.some(([first, last]) => code(first) <= code(letter) && code(letter) <= code(last));
}
