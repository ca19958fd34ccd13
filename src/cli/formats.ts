import { extname } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { HarnessError } from '../errors.ts';
import { type Format, formats, isFormat } from '../report/reporters.ts';
import { closestName } from '../text/closest-name.ts';

/** A report that is wanted: in which format, and into which file; null stands for the standard output. */
export interface ReportTarget {
  readonly format: Format;
  readonly file: string | null;
}

/** Formats by the ending of a file's name, where `-o` comes without `--format`. */
const byEnding: Readonly<Record<string, Format>> = {
  '.json': 'json',
  '.sarif': 'sarif',
  '.xml': 'junit',
  '.md': 'markdown',
  '.html': 'html',
  '.htm': 'html',
};

/** Reads one `--format FORMAT[=FILE]` and adds it to those before. */
export function readFormat(text: string, before: readonly ReportTarget[] = []): readonly ReportTarget[] {
  const [, format = '', file] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  if (!isFormat(format)) {
    const meant = closestName(format, formats);
    throw new InvalidArgumentError(
      meant === null ? `It must be one of ${formats.join(', ')}, or FORMAT=FILE.` : `Did you mean ${meant}?`,
    );
  }
  if (file === '') throw new InvalidArgumentError('The name of the file is missing.');
  return [...before, { format, file: file ?? null }];
}

/**
 * The reports that a run writes: those asked for; otherwise the terminal's, and under GitHub Actions also the
 * annotations.
 * @param output the file of `-o`, which takes the one report that has no file.
 * @throws HarnessError `bad-flag` where two reports want the same place
 */
export function chooseReports(
  asked: readonly ReportTarget[] | undefined,
  output: string | undefined,
  { GITHUB_ACTIONS }: NodeJS.ProcessEnv,
): readonly ReportTarget[] {
  const onGithub: readonly ReportTarget[] = GITHUB_ACTIONS === 'true' ? [{ format: 'github', file: null }] : [];
  if (output === undefined) return once(asked ?? [{ format: 'terminal', file: null }, ...onGithub]);
  const given = asked ?? [{ format: byEnding[extname(output).toLowerCase()] ?? 'terminal', file: null }];
  const open = given.filter(({ file }) => file === null);
  if (open.length !== 1) {
    throw new HarnessError('bad-flag', `-o ${output} names one file for ${open.length} reports.`, {
      remedy: 'Name the file of each: --format json=report.json --format sarif=report.sarif',
    });
  }
  return once([...given.map(({ format, file }) => ({ format, file: file ?? output })), ...(asked ? [] : onGithub)]);
}

/** Annotations are lines between lines of a log; whatever else goes to the standard output must stand there alone. */
function once(wanted: readonly ReportTarget[]): readonly ReportTarget[] {
  const places = wanted.map(({ format, file }) => file ?? (format === 'github' ? 'annotations' : 'standard output'));
  const twice = places.find((place, i) => places.indexOf(place) !== i);
  if (twice === undefined) return wanted;
  throw new HarnessError('bad-flag', `Two reports go to ${twice === 'annotations' ? 'the standard output' : twice}.`, {
    remedy: 'Give one of them a file: --format sarif=report.sarif',
  });
}
