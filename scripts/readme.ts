import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { topics } from '../src/explain/catalogue.ts';
import { codeTopics } from '../src/explain/topics.ts';
import { computeSafeScore, computeScore, foldScore, renderScore } from './score.ts';

const root = join(import.meta.dirname, '..');

/** The parts of the README that are made: what a run prints, and the table of findings. */
const parts: Readonly<Record<string, () => string | Promise<string>>> = {
  outage: () => ['```text', outage().trimEnd(), '```'].join('\n'),
  findings: () => [row('finding', 'severity', 'what happened'), row('---', '---', '---'), ...codeRows()].join('\n'),
  causes: () => causeNames().join(', '),
  score: async () => renderScore(foldScore(await computeScore()), await computeSafeScore()),
};

/**
 * Puts the made parts of the README in their places, between `<!-- name -->` and `<!-- /name -->`.
 * @throws Error when a place is missing.
 */
export async function renderReadme(text: string): Promise<string> {
  let readme = text;
  for (const [name, make] of Object.entries(parts)) {
    const place = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!place.test(readme)) throw new Error(`README.md has no place for ${name}`);
    const made = await make();
    readme = readme.replace(place, (_all, open: string, close: string) => `${open}${made}\n${close}`);
  }
  return readme;
}

/** The finding of the golden of the report: settings, table and remarks would need words of their own. */
function outage(): string {
  const blocks = readFileSync(join(root, 'test/report/goldens/outage.txt'), 'utf8').split('\n\n');
  return blocks.find((block) => block.startsWith('✗')) ?? '';
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
