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

/** Migrators in other languages that are run as a command, by what a program holds: their name, and the command. */
const commands: readonly (readonly [RegExp, string, string])[] = [
  [
    /<\s*ActiveRecord::Migration\b/,
    'Rails',
    'cd {project} && DATABASE_URL=sqlite3:{file} bin/rails db:migrate VERSION={version}',
  ],
  [
    /^\s*(?:from django\.db import|class Migration\(migrations\.Migration\))/m,
    'Django',
    'DATABASE_FILE={file} python3 {project}/manage.py migrate APP {version}',
  ],
];

/** The error for a folder of numbered programs that none of the tools here runs: it says what to write. */
export function ofNoTool({ directory, text, above }: Folder, files: readonly MigrationFile[]): HarnessError {
  const texts = [above(/^package\.json$/)?.text ?? '', ...files.slice(0, 1).map(({ file }) => text(file))];
  const [, language, command] = commands.find(([form]) => texts.some((each) => form.test(each))) ?? [];
  if (language !== undefined && command !== undefined) return ofCommand(directory, files, language, command);
  const [, title] = notRun.find(([form]) => texts.some((each) => form.test(each))) ?? [];
  const why = title === undefined ? 'nothing tells which tool runs them' : `rowproof does not run those of ${title}`;
  return new HarnessError(
    'folder-empty',
    `${directory} holds no migration: its ${files.length} numbered files are programs, and ${why}.`,
    {
      remedy:
        'Name the tool (--tool knex), the command that applies one of them (--migrator-up), or a module of yours that runs one (`migrator: { run }` in rowproof.config.ts); docs/programs.md in the package shows each.',
      facts: { directory },
    },
  );
}

/** The error for programs of another language: rowproof runs their migrator as a command. */
function ofCommand(directory: string, files: readonly MigrationFile[], title: string, command: string): HarnessError {
  const count = files.length === 1 ? '1 program' : `${files.length} programs`;
  return new HarnessError(
    'folder-empty',
    `${directory} holds ${count} of ${title}, which rowproof runs by a command of yours.`,
    {
      remedy: `Give the command that applies one of them: --migrator-up '${command}'. docs/programs.md in the package tells more.`,
      facts: { directory },
    },
  );
}
