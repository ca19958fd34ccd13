import { dirname, join, relative, resolve } from 'node:path';
import type { Migration, TableElsewhere } from '../model/history.ts';
import { foldName } from '../sql/quote.ts';
import { codeFiles, sqlFiles, textOf } from './code-files.ts';
import type { Folder } from './folder.ts';

/**
 * The tables that each migration uses and none of the history makes, by its position, with the place that makes them: another folder
 * of the project, or a text in one of its programs. A table that no text makes counts where the history has made nothing before it,
 * because it begins on a database of another maker then. Nothing is executed.
 */
export function madeElsewhere(
  folder: Folder,
  migrations: readonly Migration[],
): ReadonlyMap<number, readonly TableElsewhere[]> {
  const made = new Set(migrations.flatMap(tablesMade));
  const begun = migrations.findIndex((migration) => tablesMade(migration).length > 0);
  const wanted = migrations.map((migration) => tablesUsed(migration).filter((name) => !made.has(name)));
  const places = placesOf(folder, new Set(wanted.flat()));
  return new Map(
    migrations.map(({ position }, at) => [
      position,
      (wanted[at] ?? []).flatMap((table): TableElsewhere[] => {
        const place = places.get(table) ?? null;
        return place !== null || begun < 0 || at < begun ? [{ table, place }] : [];
      }),
    ]),
  );
}

/** The names, folded, of the tables and views that a migration makes or that get their name in it. */
function tablesMade({ statements }: Migration): string[] {
  return statements.flatMap(({ head: { verb, target, renamedTo } }) => {
    const name = verb === 'rename-table' ? renamedTo : makers.has(verb) ? target : null;
    return name === null ? [] : [foldName(name)];
  });
}

const makers: ReadonlySet<string> = new Set(['create-table', 'create-view']);

function tablesUsed({ statements }: Migration): string[] {
  const names = statements.flatMap(({ head: { verb, target, sources } }) => [
    ...(target === null || makers.has(verb) ? [] : [target]),
    ...sources,
  ]);
  return [...new Set(names.map(foldName))].filter((name) => /^\w+$/.test(name) && !/^(?:sqlite_|pragma_)/.test(name));
}

/** The places, as `file:line`, of the first CREATE TABLE of each name in the project, outside of the folder itself. */
function placesOf(folder: Folder, wanted: ReadonlySet<string>): Map<string, string> {
  const places = new Map<string, string>();
  const manifest = wanted.size === 0 ? null : folder.above(/^(?:package\.json|Cargo\.toml|go\.mod)$/);
  if (manifest === null) return places;
  const root = dirname(manifest.path);
  const own = `${relative(resolve(root), resolve(folder.directory)).replaceAll('\\', '/')}/`;
  for (const file of [...sqlFiles(root), ...codeFiles(root)]) {
    if (file.startsWith(own)) continue;
    const text = textOf(join(root, file));
    for (const { 1: name = '', index } of text.matchAll(creation)) {
      const table = foldName(name);
      if (!wanted.has(table) || places.has(table)) continue;
      places.set(table, `${file}:${text.slice(0, index).split('\n').length}`);
    }
  }
  return places;
}

const creation = /\bCREATE\s+(?:VIRTUAL\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?["`[]?(\w+)/gi;
