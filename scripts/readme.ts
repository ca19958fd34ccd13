import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { topics } from '../src/explain/catalogue.ts';
import { codeTopics } from '../src/explain/topics.ts';
import { version } from '../src/version.ts';

const root = join(import.meta.dirname, '..');

/** The parts of the README that are made: what a run prints, and the table of findings. */
const parts: Readonly<Record<string, () => string>> = {
  outage: () => ['```text', outage().trimEnd(), '```'].join('\n'),
  findings: () => [row('finding', 'severity', 'what happened'), row('---', '---', '---'), ...codeRows()].join('\n'),
  causes: () => causeNames().join(', '),
};

/**
 * Puts the made parts of the README in their places, between `<!-- name -->` and `<!-- /name -->`.
 * @throws Error when a place is missing.
 */
export function renderReadme(text: string): string {
  return Object.entries(parts).reduce((readme, [name, make]) => {
    const place = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!place.test(readme)) throw new Error(`README.md has no place for ${name}`);
    return readme.replace(place, (_all, open: string, close: string) => `${open}${make()}\n${close}`);
  }, text);
}

/** The golden of the report, with the version that it leaves out. */
function outage(): string {
  return readFileSync(join(root, 'test/report/goldens/outage.txt'), 'utf8').replace(
    'rowproof 0.0.0',
    `rowproof ${version}`,
  );
}

function codeRows(): string[] {
  return Object.entries(codeTopics).map(([code, { severity, title }]) => row(`\`${code}\``, severity, title));
}

function causeNames(): string[] {
  return topics.filter(({ id }) => !(id in codeTopics)).map(({ id }) => `\`${id}\``);
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
