import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ResolvedConfig } from '../config.ts';
import { HarnessError } from '../errors.ts';
import { createFile } from '../files/create.ts';
import { type Tracked, trackedState } from '../files/git.ts';
import { replaceText } from '../files/output.ts';
import { readSqlText } from '../load/text.ts';
import type { Report } from '../model/report.ts';
import type { ToolName } from '../model/tool.ts';

/** A migration whose corrected text was written into its file, or was not. */
export interface Fix {
  readonly file: string;
  /** The file that keeps the text as it was; null where Git keeps it. */
  readonly kept: string | null;
  /** Why nothing was written; null where it was. */
  readonly refused: string | null;
}

/** The answers to the question which migrations production has applied; null where the user gives none. */
interface Known extends Pick<ResolvedConfig, 'since' | 'sinceGit'> {
  /** The database file whose ledger tells. */
  readonly db: string | null;
}

/**
 * Refuses to correct migrations of which nobody says whether production has applied them: an applied file must not change.
 * @throws HarnessError `bad-flag`
 */
export function refuseUnknownState({ since, sinceGit, db }: Known): void {
  if (since !== null || sinceGit !== null || db !== null) return;
  throw new HarnessError('bad-flag', '--fix writes no file, because nothing tells which migrations are applied.', {
    remedy:
      'Add --db FILE with a database whose ledger tells, --since ID with the last applied migration, or --since-git REF with the commit that is deployed.',
  });
}

/**
 * Writes the corrected migrations of a report into their files. The report must be of a run that leaves applied
 * migrations out.
 * @param mayReplace whether a tracked file with changes that no commit has may be written over.
 * @throws HarnessError `output-unwritable`, `disk-full`
 */
export function writeFixes({ findings, runner }: Report, mayReplace: boolean): Fix[] {
  const texts = new Map<string, Set<string>>();
  const originals = new Map<string, string>();
  const programs = new Set<string>();
  for (const { file, rewrite } of findings) {
    if (file === null || rewrite === undefined) continue;
    if (rewrite.of === 'statements') programs.add(file);
    texts.set(file, (texts.get(file) ?? new Set()).add(rewrite.text));
    originals.set(file, rewrite.original);
  }
  return [...texts].map(([file, [text = '', ...others]]) => {
    const tracked = trackedState(file);
    const refused =
      others.length > 0
        ? 'several migrations of this file have a corrected text'
        : programs.has(file)
          ? 'it is a program; change it so that it executes the corrected statements'
          : refusal(file, originals.get(file) ?? null, tracked, mayReplace);
    if (refused !== null) return { file, kept: null, refused };
    // Git keeps the text of a file without changes.
    const kept = tracked === 'same' ? null : keptAs(file, runner.tool);
    if (kept !== null && !createFile(kept, readFileSync(file, 'utf8')))
      return { file, kept: null, refused: `${kept} exists` };
    // The text was read without a byte order mark.
    const mark = readFileSync(file, 'utf8').startsWith('\ufeff') ? '\ufeff' : '';
    replaceText(file, mark + text);
    return { file, kept, refused: null };
  });
}

/**
 * The name under which the text of a file is kept. golang-migrate runs every file that begins with a number, whatever its ending
 * is, so that its name begins with a dot.
 */
function keptAs(file: string, tool: ToolName): string {
  if (tool !== 'golang-migrate') return `${file}.orig`;
  return `${file.slice(0, file.lastIndexOf('/') + 1)}.${basename(file)}.orig`;
}

function refusal(file: string, original: string | null, tracked: Tracked, mayReplace: boolean): string | null {
  if (readSqlText(file) !== original) return 'the file has changed since it was judged';
  if (existsSync(join(dirname(file), 'atlas.sum')))
    return 'atlas.sum holds a hash of it; write the text and run atlas migrate hash';
  if (tracked === 'changed' && !mayReplace) return 'it has changes that no commit has; add --yes to write over them';
  return null;
}

/** The report without the findings that the written texts remove. */
export function withoutFixed(report: Report, fixes: readonly Fix[]): Pick<Report, 'summary'> {
  const written = new Set(fixes.filter(({ refused }) => refused === null).map(({ file }) => file));
  const left = report.findings.filter(
    ({ file, rewrite }) => rewrite === undefined || file === null || !written.has(file),
  );
  const count = (wanted: string): number => left.filter(({ severity }) => severity === wanted).length;
  return { summary: { ...report.summary, errors: count('error'), warnings: count('warning'), notes: count('note') } };
}
