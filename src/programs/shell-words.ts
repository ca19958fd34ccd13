import process from 'node:process';

const isWindows = process.platform === 'win32';

/** A word as a shell takes it whatever it holds; most hold nothing that needs it. */
export function quoteForShell(value: string, windows = isWindows): string {
  if (/^[\w./:@%+=,\\-]+$/.test(value)) return value;
  return windows ? `"${value.replaceAll('"', '""')}"` : `'${value.replaceAll("'", "'\\''")}'`;
}

const word = /(?:[^\s"'\\;|&()<>]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/g;
const quoted = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/g;

/** The words of a command as far as quotes and backslashes go; what stands behind the `=` of an option is a word too. */
export function shellWords(command: string, windows = isWindows): string[] {
  const words = windows ? wordsOfWindows(command) : wordsOfPosix(command);
  return words.flatMap((each) => [each, each.slice(each.indexOf('=') + 1)]);
}

function wordsOfPosix(command: string): string[] {
  return (command.match(word) ?? []).map((each) =>
    each.replaceAll(
      quoted,
      (_all, single?: string, double?: string, escaped?: string) =>
        single ?? double?.replaceAll(/\\(.)/g, '$1') ?? escaped ?? '',
    ),
  );
}

/** There a backslash separates folders, and single quotes are letters. */
function wordsOfWindows(command: string): string[] {
  return (command.match(/(?:[^\s"|&<>]|"[^"]*")+/g) ?? []).map((each) => each.replaceAll('"', ''));
}
