import { HarnessError } from '../errors.ts';
import { tokens } from '../sql/tokens.ts';
import type { Folder } from './folder.ts';
import type { MigrationFile } from './tool.ts';

/**
 * Refuses files that a program fills in before SQLite reads them: outside of quotes, `{{.Name}}` is never SQL.
 * @throws HarnessError `unsupported`
 */
export function refusePlaceholders(folder: Folder, files: readonly MigrationFile[]): void {
  for (const { kind, file, text } of files) {
    const at = kind === 'sql' ? placeholderIn(text) : null;
    if (at === null) continue;
    const place = `${folder.shown(file)}:${text.slice(0, at).split('\n').length}`;
    const found = /^\{\{[^}\n]{0,60}\}?\}?/.exec(text.slice(at))?.[0] ?? '{{';
    throw new HarnessError('unsupported', `${place} holds ${found}, which a program fills in before SQLite reads it.`, {
      remedy: 'Write the files as the program makes them into a folder, and check that one.',
      facts: { place },
    });
  }
}

/** The place of the first `{{` that is neither in a comment nor in quotes; null without one. */
function placeholderIn(text: string): number | null {
  if (!text.includes('{{')) return null;
  for (const { kind, start } of tokens(text)) if (kind === 'symbol' && text.startsWith('{{', start)) return start;
  return null;
}
