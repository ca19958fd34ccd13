import process from 'node:process';
import { createInterface, type Interface } from 'node:readline/promises';

/** Whether somebody can be asked. */
export function isAtTerminal(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** Asks at the terminal, after an introduction. @returns whether the answer is yes; Enter, Ctrl+C and Ctrl+D are not. */
export async function confirm(introduction: string, question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    process.stderr.write(introduction);
    const answer = await typed(terminal, `${question} [y/N] `);
    return /^y(?:es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

/** The line that is typed; nothing where the terminal is closed instead, by Ctrl+C or Ctrl+D. */
function typed(terminal: Interface, question: string): Promise<string> {
  return new Promise((resolve) => {
    terminal.once('close', () => resolve(''));
    terminal.question(question).then(resolve, () => resolve(''));
  });
}
