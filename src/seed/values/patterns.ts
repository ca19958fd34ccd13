/** A place in a LIKE or GLOB pattern. */
interface Mark {
  /** Whether any number of letters may stand there, none too. */
  readonly many: boolean;
  /** Whether a letter may stand there. */
  readonly allows: (letter: string) => boolean;
  /** Some that may, one at least. */
  readonly examples: () => readonly string[];
}

/**
 * A text that a LIKE or GLOB pattern matches: nothing for `*`, a letter for `%`, `_` and `?`, a member of `[…]`.
 * Where the pattern leaves room another `index` gives another text.
 */
export function patternExample(pattern: string, glob: boolean, index = 0): string {
  // Each place takes what of the index no place before it has used up.
  let left = index;
  return marksOf(pattern, glob)
    .map(({ many, examples: examplesOf }) => {
      const examples = examplesOf();
      const text = many && left > 0 ? left.toString(36) : (examples[left % examples.length] ?? 'a');
      left = many ? 0 : Math.floor(left / examples.length);
      return text;
    })
    .join('');
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
  let lastMany = -1;
  let resume = 0;
  while (at < letters.length) {
    const expected = marks[mark];
    if (expected?.many) {
      lastMany = mark++;
      resume = at;
    } else if (expected?.allows(letters[at] ?? '')) {
      mark += 1;
      at += 1;
    } else if (lastMany >= 0) {
      // The last `%` takes one letter more; those before it need not be tried again.
      mark = lastMany + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  return marks.slice(mark).every(({ many }) => many);
}

const alphabet = [...'abcdefghijklmnopqrstuvwxyz'];

function marksOf(pattern: string, glob: boolean): Mark[] {
  const [many, one] = glob ? ['*', '?'] : ['%', '_'];
  const marks = pattern.match(glob ? /\[\^?\]?[^\]]*\]|./gsu : /./gsu) ?? [];
  return marks.map((mark): Mark => {
    if (mark === many) return { many: true, allows: () => true, examples: () => [glob ? '' : 'a'] };
    if (mark === one) return { many: false, allows: () => true, examples: () => alphabet };
    if (glob && mark.length > 2 && mark.startsWith('[')) return setOf(mark.slice(1, -1));
    const plain = folded(mark, glob);
    return { many: false, allows: (letter) => folded(letter, glob) === plain, examples: () => [mark] };
  });
}

/** LIKE folds ASCII letters alone. */
function folded(letter: string, glob: boolean): string {
  return glob ? letter : letter.replace(/[A-Z]/, (capital) => capital.toLowerCase());
}

/** How many members of a range are examples. */
const exampleLimit = 64;

/** A set such as `0-9x` or `^a-z`. */
function setOf(members: string): Mark {
  const isNegated = members.startsWith('^');
  const code = (letter = ''): number => letter.codePointAt(0) ?? -1;
  const ranges = [...(isNegated ? members.slice(1) : members).matchAll(/(.)-(.)|(.)/gsu)].map(
    ([, first, last, single]) => [code(first ?? single), code(last ?? single)] as const,
  );
  const allows = (letter: string): boolean =>
    isNegated !== ranges.some(([first, last]) => first <= code(letter) && code(letter) <= last);
  const examples = (): string[] => {
    if (isNegated) return [[...'a1-_ A'].find(allows) ?? 'a'];
    const members = ranges.flatMap(([first, last]) =>
      Array.from({ length: Math.max(0, Math.min(last - first + 1, exampleLimit)) }, (_, i) =>
        String.fromCodePoint(first + i),
      ),
    );
    return members.length > 0 ? members : ['a'];
  };
  return { many: false, allows, examples };
}
