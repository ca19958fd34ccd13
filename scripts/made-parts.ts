import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeTopics } from '../src/explain/catalogue.ts';
import { withoutRecipe } from '../test/rewrite/without.ts';
import { renderFindings } from './findings.ts';
import { computeSafeScore, computeScore, renderScore, renderTotals } from './score.ts';

const root = join(import.meta.dirname, '..');

type Makers = Readonly<Record<string, () => string | Promise<string>>>;

/** The parts that are made at once: what a run prints, and the tables of findings. */
const quick: Readonly<Record<string, Makers>> = {
  'README.md': {
    outage: () => ['```text', outage().trimEnd(), '```'].join('\n'),
    findings: () =>
      ['error', 'warning', 'note'].map((severity) => `- ${severity}s: ${codesOf(severity).join(', ')}`).join('\n'),
  },
  'docs/findings.md': { findings: renderFindings },
  'docs/rewrites.md': { without: renderWithout },
};

/** The parts that every specimen has to be run for. */
const measured: Readonly<Record<string, Makers>> = {
  'README.md': { score: async () => renderTotals(await computeScore(), await computeSafeScore()) },
  'docs/score.md': { score: async () => renderScore(await computeScore(), await computeSafeScore()) },
};

/** The files with made parts, relative to the project's folder, by how long their parts take. */
export const documents = { quick: Object.keys(quick), measured: Object.keys(measured) } as const;

/**
 * Puts made parts in their places, between `<!-- name -->` and `<!-- /name -->`.
 * @param file one of `documents`
 * @throws Error when a place is missing.
 */
export async function renderParts(file: string, text: string, kind: keyof typeof documents): Promise<string> {
  let rendered = text;
  for (const [name, make] of Object.entries({ quick, measured }[kind][file] ?? {})) {
    const place = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!place.test(rendered)) throw new Error(`${file} has no place for ${name}`);
    const made = await make();
    rendered = rendered.replace(place, (_all, open: string, close: string) => `${open}${made}\n${close}`);
  }
  return rendered;
}

/**
 * The finding of the golden of the report, without its corrected migration: settings, table, remarks and the diff would
 * need words of their own.
 */
function outage(): string {
  const blocks = readFileSync(join(root, 'test/report/goldens/outage.txt'), 'utf8').split('\n\n');
  const finding = blocks.find((block) => block.startsWith('✗')) ?? '';
  return finding.split('\n    Rewrite ')[0] ?? '';
}

/** The causes that no recipe corrects; a test holds the list to the recipes. */
function renderWithout(): string {
  const rows = Object.entries(withoutRecipe).map(([cause, reason]) => `| \`${cause}\` | ${reason} |`);
  return ['| cause | reason |', '| --- | --- |', ...rows].join('\n');
}

function codesOf(severity: string): string[] {
  return codeTopics.filter((topic) => topic.severity === severity).map(({ id }) => `\`${id}\``);
}
