import { HarnessError } from '../errors.ts';
import type { Folder } from './folder.ts';
import type { MigrationFile } from './tool.ts';

/** Tools whose programs are not run, by what a program or the package.json above it holds. */
const notRun: readonly (readonly [RegExp, string])[] = [
  [/"@strapi\/strapi"\s*:/, 'Strapi'],
  [/['"]@(?:ioc:Adonis|adonisjs)\/[lL]ucid/, 'AdonisJS Lucid'],
  [/['"]@payloadcms\//, 'Payload'],
  [/['"](?:@effect\/|effect['"])/, 'Effect'],
];

/** The error for a folder of numbered programs that none of the tools here runs: it says what to write. */
export function ofNoTool({ directory, text, above }: Folder, files: readonly MigrationFile[]): HarnessError {
  const texts = [above(/^package\.json$/)?.text ?? '', ...files.slice(0, 1).map(({ file }) => text(file))];
  const [, title] = notRun.find(([form]) => texts.some((each) => form.test(each))) ?? [];
  const why = title === undefined ? 'nothing tells which tool runs them' : `rowproof does not run those of ${title}`;
  return new HarnessError(
    'folder-empty',
    `${directory} holds no migration: its ${files.length} numbered files are programs, and ${why}.`,
    {
      remedy:
        'Name the tool (--tool knex), the command that applies one of them (--migrator-up), or a module of yours that runs one (`migrator: { run }` in rowproof.config.ts); docs/programs.md shows each.',
      facts: { directory },
    },
  );
}
