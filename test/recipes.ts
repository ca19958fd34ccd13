/** The examples of docs/, by the name behind their language. */
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './cli/run.ts';
import { folderWith } from './temporary.ts';

/** The text of a named example: the one behind "```sh compose". */
export function example(page: string, name: string): string {
  const text = readFileSync(join(import.meta.dirname, '..', 'docs', page), 'utf8');
  const found = new RegExp(`^\`\`\`[a-z]+ ${name.replace('.', '\\.')}\\n(.*?)^\`\`\`$`, 'ms').exec(text)?.[1];
  if (found === undefined) throw new Error(`docs/${page} has no example ${name}.`);
  return found;
}

/**
 * A folder of commands that stand in for those of a machine; each writes its name and arguments to `$CALLS`.
 * @param scripts what each of them does, as a shell script. `npx rowproof` runs the command of this project.
 */
export function commands(scripts: Readonly<Record<string, string>>): string {
  const npx = `shift; exec '${process.execPath}' ${command.map((part) => `'${part}'`).join(' ')} "$@"`;
  const files = Object.entries({ npx, ...scripts }).map(([name, script]) => [
    name,
    `#!/bin/sh\necho "${name} $*" >> "$CALLS"\n${script}\n`,
  ]);
  const folder = folderWith(Object.fromEntries(files));
  for (const [name = ''] of files) chmodSync(join(folder, name), 0o755);
  return folder;
}
