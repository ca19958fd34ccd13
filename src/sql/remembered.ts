/** How many characters the remembered texts have together; beyond that all are forgotten. */
const charactersInAll = 400_000;

/** Longer texts are read anew each time: they are lists of rows, which few ask for twice. */
const longestText = 20_000;

/**
 * A reader of texts that remembers what it read: a run asks for the same statements and objects at each step, on each side and by each
 * rule.
 * @param read depends on the text alone, and nobody changes what it returns.
 */
export function remembered<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  let characters = 0;
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = read(text);
    if (text.length > longestText) return made;
    characters += text.length;
    if (characters > charactersInAll) {
      known.clear();
      characters = text.length;
    }
    known.set(text, made);
    return made;
  };
}
