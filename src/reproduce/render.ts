import type { Finding } from '../model/finding.ts';
import type { Settings } from '../model/settings.ts';
import type { ScriptLine } from './script.ts';

/** The facts in the head of a script. */
export interface ScriptHead {
  readonly finding: Pick<Finding, 'code' | 'migration' | 'table' | 'title'>;
  /** The SQLite that it was run on. */
  readonly version: string;
  /** The oldest that understands its statements; null where any does. */
  readonly needsSqlite: string | null;
  readonly needsApplication: readonly string[];
  readonly settings: Settings;
}

/** Writes a script for the `sqlite3` shell: https://sqlite.org/cli.html */
export function renderScript(head: ScriptHead, lines: readonly ScriptLine[]): string {
  const { finding, version, needsSqlite, needsApplication, settings } = head;
  const about = [finding.code, finding.migration, ...(finding.table === null ? [] : [finding.table])].join(' · ');
  const needs = needsSqlite === null ? '' : ` It needs SQLite ${needsSqlite} or newer.`;
  const application =
    needsApplication.length === 0
      ? ''
      : ` The plain shell lacks what the application registers: ${needsApplication.join(', ')}.`;
  const strings = settings.doubleQuotedStrings ? 'on' : 'off';
  return [
    `-- ${comment(`${about}: ${finding.title}`)}`,
    `-- ${comment(`Run with: sqlite3 :memory: < reproduction.sql. Seen on SQLite ${version}.${needs}${application}`)}`,
    // https://sqlite.org/quirks.html#dblquote
    `.dbconfig dqs_ddl ${strings}`,
    `.dbconfig dqs_dml ${strings}`,
    ...lines.flatMap(renderLine),
    '',
  ].join('\n');
}

function renderLine({ sql, printed }: ScriptLine): string[] {
  // A comment at its end would take the semicolon.
  const text = /--[^\n]*$/.test(sql) ? `${sql}\n;` : `${sql};`;
  const [first, ...others] = printed.map(
    ({ kind, text: said }) => `${kind === 'error' ? 'error' : 'prints'}: ${comment(said)}`,
  );
  if (first === undefined) return [text];
  if (others.length === 0 && !text.includes('\n')) return [`${text}  -- ${first}`];
  return [text, `--   ${first}`, ...others.map((each) => `--   ${each}`)];
}

/** A text on one line, so that it cannot end its comment. */
function comment(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
