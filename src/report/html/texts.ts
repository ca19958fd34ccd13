import { printable } from '../printable.ts';

/** The place of a text in the table of texts. */
export type TextRef = number;

/** Texts, each once: thousands of findings have the same reasons and the same advice. */
export interface TextTable {
  /** Adds a text, its control characters written out, and returns its place. */
  readonly add: (text: string) => TextRef;
  readonly all: readonly string[];
}

/** Starts an empty table of texts. */
export function createTexts(): TextTable {
  const places = new Map<string, TextRef>();
  const all: string[] = [];
  return {
    all,
    add: (text) => {
      const known = places.get(text);
      if (known !== undefined) return known;
      // Line breaks of statements are meant; everything else on a line may steer what shows it.
      all.push(text.split(/\r?\n/).map(tabbed).join('\n'));
      places.set(text, all.length - 1);
      return all.length - 1;
    },
  };
}

function tabbed(line: string): string {
  return printable(line.replaceAll('\t', '  '));
}
