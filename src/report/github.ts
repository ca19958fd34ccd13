import type { Finding, Severity } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { paragraphsOf } from './finding-text.ts';
import { printable } from './printable.ts';
import { verdictWord } from './verdict-text.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' };

/**
 * The findings as annotations of GitHub Actions, a line each, at their file and line.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function renderGithub(report: Report): string {
  const lines = [...report.findings.map(annotation), ...verdictLines(report)];
  return lines.map((line) => `${line}\n`).join('');
}

/** The verdict of a gate, at no file. */
function verdictLines({ verdict }: Report): string[] {
  if (verdict === null) return [];
  const command = verdict.go ? commands.note : commands.error;
  return [
    `::${command} title=${property(`rowproof gate: ${verdictWord(verdict)}`)}::${escaped(printable(verdict.because))}`,
  ];
}

function annotation(finding: Finding): string {
  const { severity, file, line, migration, title } = finding;
  const properties = [
    ...(file === null ? [] : [`file=${property(file)}`]),
    ...(line === null ? [] : [`line=${line}`]),
    `title=${property(`${migration}: ${title}`)}`,
  ];
  return `::${commands[severity]} ${properties.join(',')}::${escaped(paragraphsOf(finding).join('\n'))}`;
}

/** The text of a command ends with its line, so what breaks lines is written as GitHub reads it back. */
function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return escaped(printable(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
