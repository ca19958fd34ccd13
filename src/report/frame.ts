import type { CodeFrame } from '../model/finding.ts';
import type { Paint } from './paint.ts';
import { printable, shorten, wrap } from './printable.ts';

/** The lines before and after the statement that a terminal shows; JSON and HTML have more. */
const context = 1;

/** The most lines of a terminal that one line of the file takes. */
const highest = 4;

/**
 * The lines of a file round a place, with their numbers and a mark at the place. Long lines are broken between words.
 * @param width the characters that a line may have.
 */
export function renderFrame({ first, lines, line, start, end }: CodeFrame, paint: Paint, width: number): string[] {
  const digits = String(first + lines.length - 1).length;
  const room = Math.max(20, width - digits - 5);
  return lines.flatMap((text, i) => {
    const number = first + i;
    if (number < start - context || number > end + context) return [];
    const isOfStatement = number >= start && number <= end;
    if (!isOfStatement && text.trim() === '') return [];
    const parts = breakLine(text.replaceAll('\t', '  '), room);
    const shown = isOfStatement ? parts.slice(0, highest) : parts.slice(0, 1);
    const isCut = shown.length < parts.length;
    return shown.map((part, row) => {
      const sign = number === line && row === 0 ? '>' : ' ';
      const label = row === 0 ? String(number).padStart(digits) : ' '.repeat(digits);
      const content = isCut && row === shown.length - 1 ? `${part} …` : part;
      const gutter = `${sign} ${label} │`;
      if (content === '') return paint('dim', gutter);
      return `${paint('dim', gutter)} ${isOfStatement ? paint('cyan', content) : paint('dim', content)}`;
    });
  });
}

/** Breaks a line between words; the parts after the first one keep its indent. A word that no line holds is cut. */
function breakLine(text: string, width: number): string[] {
  const indent = /^ */.exec(text)?.[0].slice(0, 12) ?? '';
  const body = printable(text.trim());
  if (body === '') return [''];
  return wrap(body, width - indent.length - 4).map(
    (part, i) => `${indent}${i === 0 ? '' : '  '}${shorten(part, width - indent.length - 2)}`,
  );
}
