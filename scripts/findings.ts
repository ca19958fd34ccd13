import { inTermsOf } from '../src/explain/keys-off.ts';
import { rules } from '../src/explain/rules/rules.ts';
import type { Topic } from '../src/explain/topic.ts';

/** Every finding, and below it every cause that it may have: what happens, why, an unsafe and a safe form, and what to do. */
export function renderFindings(): string {
  return Object.values(rules)
    .flatMap(({ code, topic, causes }) => [
      ...chapter(`## ${code}`, topic),
      ...Object.entries<Topic>(causes).flatMap(([id, cause]) => chapter(`### ${id}`, cause)),
    ])
    .join('\n\n');
}

function chapter(heading: string, { title, severity, why, bad, good, instead, link }: Topic): string[] {
  return [
    heading,
    `**${title[0]?.toUpperCase()}${title.slice(1)}** (${severity}). ${why}`,
    `Unsafe:\n\n${fenced(bad)}`,
    `Safe:\n\n${fenced(good)}`,
    inTermsOf(null, instead),
    `<${link}>`,
  ];
}

function fenced(code: string): string {
  return `\`\`\`sql\n${code}\n\`\`\``;
}
