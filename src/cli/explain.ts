import type { Command } from 'commander';
import { HarnessError } from '../errors.ts';
import { type TopicEntry, topics } from '../explain/catalogue.ts';
import { inTermsOf } from '../explain/keys-off.ts';
import { wrap } from '../report/printable.ts';
import { paintFor } from './output.ts';

/** Adds `explain [CODE]`: the meaning of a finding and the safe form. */
export function addExplain(program: Command): void {
  program
    .command('explain')
    .argument('[CODE]', 'a code or cause, as printed with a finding')
    .summary('explain a finding and give the safe form')
    .description(
      'Explains a finding, gives the reason in SQLite, and shows the safe form. Without CODE it lists all codes.',
    )
    .action((code: string | undefined) => {
      process.stdout.write(code === undefined ? listTopics() : showTopic(findTopic(code)));
    });
}

function findTopic(id: string): TopicEntry {
  const topic = topics.find((candidate) => candidate.id === id);
  if (topic !== undefined) return topic;
  throw new HarnessError('bad-flag', `No finding has the code ${id}.`, {
    remedy: 'Run `rowproof explain` for the list of codes.',
  });
}

function listTopics(): string {
  const width = Math.max(...topics.map(({ id }) => id.length));
  return topics.map(({ id, severity, title }) => `${id.padEnd(width)}  ${severity.padEnd(7)}  ${title}\n`).join('');
}

function showTopic({ id, title, severity, why, instead, bad, good, link }: TopicEntry): string {
  const paint = paintFor(process.stdout);
  const code = (sql: string): string => sql.replaceAll(/^/gm, '    ');
  const lines = [
    `${paint('bold', id)}  ${severity}`,
    `${title[0]?.toUpperCase()}${title.slice(1)}.`,
    '',
    ...wrap(why, 100),
    '',
    paint('red', 'Unsafe'),
    code(bad),
    '',
    paint('green', 'Safe'),
    code(good),
    '',
    ...wrap(inTermsOf(null, instead), 100),
    '',
    link,
  ];
  return `${lines.join('\n')}\n`;
}
