import process from 'node:process';
import { createInterface, type Interface } from 'node:readline/promises';
import { describePrograms, hasPrograms, limitsOfPrograms } from '../harness/programs.ts';
import type { Sources } from '../harness/project.ts';
import { printable } from '../report/printable.ts';

/**
 * Asks at a terminal whether the programs of a project may be run, where nobody has said so; what happens elsewhere is for
 * the run to say, which refuses them.
 * @returns the sources, in which they may be run if the answer is yes.
 */
export async function askForPrograms<S extends Sources>(sources: S): Promise<S> {
  const { history, config } = sources;
  const isTerminal = process.stdin.isTTY === true && process.stderr.isTTY === true;
  if (config.programs || !hasPrograms(history) || !isTerminal) return sources;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    process.stderr.write(`${printable(describePrograms(history))}\n${limitsOfPrograms}\n`);
    const answer = await ask(terminal, 'Run them? [y/N] ');
    return /^y(?:es)?$/i.test(answer.trim()) ? { ...sources, config: { ...config, programs: true } } : sources;
  } finally {
    terminal.close();
  }
}

/** The line that is typed; nothing where the terminal is closed instead, by Ctrl+C or Ctrl+D. */
function ask(terminal: Interface, question: string): Promise<string> {
  return new Promise((resolve) => {
    terminal.once('close', () => resolve(''));
    terminal.question(question).then(resolve, () => resolve(''));
  });
}
