import { needsQuotes } from '../sql/keywords.ts';
import { quoteName } from '../sql/quote.ts';
import { tokens } from '../sql/tokens.ts';
import type { MigrationText } from './migration-text.ts';

/** A name as the file would write it: in its quotes, and bare where the file quotes none and the name allows it. */
export function nameIn({ text }: MigrationText, name: string): string {
  const quote = quoteOf(text);
  if (quote === '`') return `\`${name.replaceAll('`', '``')}\``;
  if (quote === '"' || needsQuotes(name)) return quoteName(name);
  return name;
}

/** Names as the file would write them, with commas. */
export function namesIn(file: MigrationText, names: readonly string[]): string {
  return names.map((name) => nameIn(file, name)).join(', ');
}

/** The quotes of most quoted names, where more names are quoted than statements are there; else ''. */
function quoteOf(text: string): string {
  const counts = { '"': 0, '`': 0 };
  let words = 0;
  for (const token of tokens(text)) {
    const first = text[token.start];
    if (token.kind === 'name' && (first === '"' || first === '`')) counts[first] += 1;
    else if (
      token.kind === 'word' &&
      text.slice(token.start, token.end) === text.slice(token.start, token.end).toLowerCase()
    )
      words += 1;
  }
  const quoted = counts['"'] + counts['`'];
  if (quoted === 0 || quoted * 2 < words) return '';
  return counts['"'] > counts['`'] ? '"' : '`';
}
