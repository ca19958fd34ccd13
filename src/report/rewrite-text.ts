import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { Finding } from '../model/finding.ts';
import { printable } from './printable.ts';

/** The lines around a change. */
const context = 2;

/**
 * The unified diff of the corrected migration of a finding, which `git apply` and `patch` read; an empty list without one.
 * @returns its lines, printable.
 */
export function diffLines({ file, rewrite }: Finding): string[] {
  if (rewrite === undefined || file === null) return [];
  const { of, original, text } = rewrite;
  const options = { context, headerOptions: FILE_HEADERS_ONLY };
  // The statements of a program are in no file; an absolute path is one below the root.
  const place = of === 'file' ? file.replace(/^\/+/, '') : `${file} (statements)`;
  const patch = createTwoFilesPatch(`a/${place}`, `b/${place}`, original, text, undefined, undefined, options);
  return patch.trimEnd().split('\n').map(withTabs);
}

/** Tabs are indents at the beginning of a line, and anything elsewhere. */
function withTabs(line: string): string {
  const indent = /^[-+ ]?\t*/.exec(line)?.[0] ?? '';
  return indent + printable(line.slice(indent.length).replace(/\r$/, ''));
}

/** The runs that the corrected migration passed, and its differences on purpose; a sentence each. */
export function rewriteTexts({ rewrite }: Finding): string[] {
  if (rewrite === undefined) return [];
  const { of, verifiedOn, differs, choices } = rewrite;
  return [
    of === 'file'
      ? `This migration was run on ${verifiedOn.join(', ')}, and has neither an error nor a new warning.`
      : `These statements were run on ${verifiedOn.join(', ')}, and have neither an error nor a new warning. Change the program so that it executes them.`,
    ...differs,
    ...choices.map(({ says, sql }) => `Another choice, which was run as well: ${says} ${sql}`),
  ];
}

/** The finding before which the corrected migration of a file is shown: it is the same for several. */
export function isFirstWith(finding: Finding, findings: readonly Finding[]): boolean {
  const { rewrite } = finding;
  if (rewrite === undefined) return false;
  return findings.find((each) => each.rewrite?.text === rewrite.text && each.file === finding.file) === finding;
}
