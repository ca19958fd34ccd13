import { existsSync } from 'node:fs';
import { HarnessError } from '../errors.ts';
import { shellWord } from '../text/shell-word.ts';

/**
 * The arguments with the command that they mean. Without one they are those of `check`, the most common use: options, or a folder
 * that exists.
 * @param commands the names of all commands.
 * @throws HarnessError `bad-flag` where a command stands behind its options
 */
export function withCommand(args: readonly string[], commands: readonly string[]): readonly string[] {
  const [first] = args;
  if (first === undefined) return ['check'];
  if (commands.includes(first) || ofProgram.has(first)) return args;
  if (!first.startsWith('-')) return existsSync(first) ? ['check', ...args] : args;
  const late = args.findIndex((arg) => commands.includes(arg) && !existsSync(arg));
  if (late < 0) return ['check', ...args];
  const command = args[late] ?? '';
  throw new HarnessError('bad-flag', `The command ${command} stands behind its options.`, {
    remedy: `Write it first: ${shellCommand([command, ...args.toSpliced(late, 1)])}`,
  });
}

/** The options of the program itself, without a command. */
const ofProgram: ReadonlySet<string> = new Set(['--help', '-h', '--version']);

/** A run of a command: its arguments, and the folder among them where one is named. */
export interface Called {
  readonly args: readonly string[];
  readonly folder: string | undefined;
}

/** The same run on another folder, as a line for a shell. */
export function commandOn(place: string, { args, folder }: Called): string {
  const places = [...args.keys()].filter((i) => i > 0 && args[i] === folder);
  // A word behind an option may be its value.
  const named = places.find((i) => args[i - 1]?.startsWith('-') === false) ?? places.at(-1);
  return shellCommand([...(named === undefined ? args : args.toSpliced(named, 1)), place]);
}

function shellCommand(words: readonly string[]): string {
  return ['rowproof', ...words].map(shellWord).join(' ');
}
