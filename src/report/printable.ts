import stringWidth from 'string-width';
import { withEscapes } from '../text/unprintable.ts';

/** `text` safe to print on one line: control and invisible characters become escapes such as `\u{1b}`. */
export function printable(text: string): string {
  return withEscapes(text, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\t') return '\\t';
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

/** The columns that `text` takes in a terminal: two for most characters of East Asia and for emoji, none for a combining mark. */
export function columnsOf(text: string): number {
  return stringWidth(text);
}

/** `text` with spaces behind it, up to `width` columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}

/** Breaks `text` between words into lines of at most `width` columns; a longer word stands alone. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let columns = 0;
  for (const word of text.split(' ')) {
    const more = columnsOf(word);
    if (line !== '' && columns + 1 + more > width) {
      lines.push(line);
      [line, columns] = [word, more];
    } else [line, columns] = line === '' ? [word, more] : [`${line} ${word}`, columns + 1 + more];
  }
  return line === '' ? lines : [...lines, line];
}

/** `text` cut to at most `width` columns, between words where one ends nearby, with an ellipsis where something is missing. */
export function shorten(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  const cut = startOf(text, width - 1);
  const end = text[cut.length] === ' ' ? cut.length : cut.lastIndexOf(' ');
  return end > cut.length / 2 ? `${cut.slice(0, end).trimEnd()}…` : `${cut}…`;
}

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The longest start of `text` of at most `width` columns; no character is cut in two. */
function startOf(text: string, width: number): string {
  let start = '';
  let left = width;
  for (const { segment } of characters.segment(text)) {
    left -= columnsOf(segment);
    if (left < 0) break;
    start += segment;
  }
  return start;
}
