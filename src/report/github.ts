import type { Finding, Severity } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { paragraphsOf } from './finding-text.ts';
import { printable } from './printable.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' };

/**
 * The findings as annotations of GitHub Actions, a line each, at their file and line.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function renderGithub({ findings }: Report): string {
  return findings.map((finding) => `${annotation(finding)}\n`).join('');
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
