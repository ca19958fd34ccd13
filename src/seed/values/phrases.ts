import { declaredLength } from './affinity.ts';
import type { KindRequest } from './kind.ts';
import { cut, distinct, drawn, pairs, type Series, singles, type Write } from './series.ts';
import type { Vocabulary, WordList } from './vocabulary.ts';

/** Makes the texts of one kind. */
export type TextMaker = (request: KindRequest) => Series<string>;

/** A list of 64 words. */
export type Words = (vocabulary: Vocabulary) => readonly string[];

/** The words of a list unchanged. */
export function plain(list: WordList): Words {
  return (vocabulary) => vocabulary.words(list);
}

/** The words of a list in small letters. */
export function small(list: WordList): Words {
  return (vocabulary) => vocabulary.words(list).map((word) => word.toLowerCase());
}

/** The words of a list, each with a capital. */
export function capital(list: WordList): Words {
  return (vocabulary) => vocabulary.words(list).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
}

/** Pairs of words as a name or a title, which is cut to the declared length. */
export function phrase(firsts: Words, seconds: Words, write: Write): TextMaker {
  return ({ order, type, vocabulary }) => {
    const [first, second] = [firsts(vocabulary), seconds(vocabulary)];
    return cut(pairs(order, first, second, write), declaredLength(type), longest(first, second, write));
  };
}

/** The words of a list alone, and then pairs, cut to the declared length. */
export function growing(firsts: Words, seconds: Words, write: Write): TextMaker {
  return ({ order, type, vocabulary }) => {
    const [first, second] = [firsts(vocabulary), seconds(vocabulary)];
    const at = singles(order, first, second, (word) => word, write);
    return cut(at, declaredLength(type), longest(first, second, write));
  };
}

/** Pairs of words in a form that is never cut, for half of an address or a document would be none. */
export function formed(firsts: Words, seconds: Words, write: Write): TextMaker {
  return ({ order, vocabulary }) => distinct(pairs(order, firsts(vocabulary), seconds(vocabulary), write));
}

/** Words of a list that repeat, those that the declared length has room for. */
export function listed(list: WordList): TextMaker {
  return ({ key, type, vocabulary }) => {
    const words = vocabulary.words(list);
    const room = declaredLength(type) ?? Number.POSITIVE_INFINITY;
    const fitting = words.filter((word) => word.length <= room);
    return drawn(key, fitting.length > 0 ? fitting : words);
  };
}

/** `first second`, and the number behind. */
export const spaced: Write = (first, second, number) => `${first} ${second}${number && ` ${number}`}`;

/** An upper bound: the longest words and a number of a million rows and more. */
function longest(firsts: readonly string[], seconds: readonly string[], write: Write): number {
  return write(longestOf(firsts), longestOf(seconds), '99999999').length;
}

function longestOf(words: readonly string[]): string {
  return words.reduce((longer, word) => (word.length > longer.length ? word : longer), '');
}
