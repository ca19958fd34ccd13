import type { TextFormat } from '../../model/column-profile.ts';

/** The name of a kind: a format of a profile, or one that a profile tells otherwise. */
export type TextKindName = Exclude<TextFormat, 'boolean'> | 'flag' | 'leading-zeros' | 'decimal' | 'malformed' | 'free';

/** Letters that not every kind may hold. */
export type Letters = keyof typeof letterTests;

/** Whether a text has such letters. */
export const letterTests = {
  upperCase: /[A-Z]/,
  nonAscii: /[\u0080-\uffff]/,
  outerSpace: /^\s|\s$/,
} as const;

/** The text that is to be written. */
export interface Writing {
  readonly number: number;
  /** Tells it from others of its kind: the number, or one that counts from 0 in its part of the rows. */
  readonly mark: number;
  /** Its place among all of them, from 0 to 1. */
  readonly place: number;
  readonly length: number;
  /** Letters that no other text has. */
  readonly code: string;
  readonly words: readonly string[];
  readonly random: number;
  /** Writes a JSON document. */
  readonly document: (writing: Writing) => string;
  /** Whether there is nothing special about its letters. */
  readonly isPlain: boolean;
}

/** All that rowproof knows of one kind of text. */
export interface TextKind {
  /** The columns that hold it by their names, words joined by `_`, if a name tells. */
  readonly names?: RegExp;
  /** Whether a text is of the kind. */
  readonly recognises: (text: string) => boolean;
  /** Writes a text of about the length that is asked for: no two numbers give the same. */
  readonly write: (writing: Writing) => string;
  /** Another text of the kind, which a number tells from others; left out where it is varied as a text of another kind. */
  readonly vary?: (text: string, number: number) => string;
  /** The letters that it may hold, and need not. */
  readonly letters: readonly Letters[];
}

/** The columns whose names, words joined by `_`, have one of `list` anywhere. */
export function named(list: string): RegExp {
  return new RegExp(`(?:^|_)(?:${list.replaceAll(' ', '|')})(?:_|$)`);
}

/** The same for names that end with one of `list`. */
export function endsNamed(list: string): RegExp {
  return new RegExp(`(?:^|_)(?:${list.replaceAll(' ', '|')})$`);
}

/** A short number in decimal digits. */
export function tagOf(number: number): string {
  return String(number % 1_000_000);
}
