import type { Folder } from '../folder.ts';
import { isProgramFile } from '../programs.ts';

/** Programs whose `up` takes an object with a `context`. https://github.com/sequelize/umzug */
export function recognise({ files, text }: Folder): string | null {
  const form = /\bup\b[^;{]*\(\s*\{[^}]*\bcontext\b/s;
  const file = files.find((name) => /^\d/.test(name) && isProgramFile(name) && form.test(text(name)));
  return file === undefined ? null : `${file}, which takes a context`;
}
