import { statementSpans } from '../../sql/statements.ts';
import type { Folder } from '../folder.ts';
import { byNumber } from '../parts.ts';
import type { FolderReading, MigrationFile } from '../tool.ts';

/** The name of a migration: the version that it leads away from. */
export const migrationName = /^(\d+)\.sqm$/;

/** Every file N.sqm, by its number. The `.sq` files beside them hold the newest schema, and no migration. */
export function read(folder: Folder): FolderReading {
  const files = folder.files.flatMap((file): MigrationFile[] => {
    const id = migrationName.exec(file)?.[1];
    return id === undefined ? [] : [{ file, id, name: file, kind: 'sql', text: withoutKotlin(folder.text(file)) }];
  });
  const others = folder.files.filter((file) => file.endsWith('.sqm') && !migrationName.test(file));
  return {
    files: byNumber(files),
    ignored: [...others.map((file) => ({ file, reason: 'its name is no number' })), ...folder.strays],
  };
}

/** An import of a Kotlin class, at the head of a file. */
const imported = /^[ \t]*import[ \t]+[\w.]+;?[ \t]*$/gm;

/** The Kotlin class behind the type of a column. */
const classOfColumn = /(?<=\b(?:TEXT|INTEGER|REAL|BLOB))\s+AS\s+[A-Za-z_][\w.]*(?:<[\w.,?<> ]*>)?/gi;

/** The text as SQLDelight gives it to SQLite: Kotlin's classes are blanked out, so that every place stays the same. */
function withoutKotlin(text: string): string {
  const sql = text.replaceAll(imported, blank);
  const spans = [...statementSpans(sql)].filter(({ start, end }) => definesColumns.test(sql.slice(start, end)));
  return spans.reduce(
    (whole, { start, end }) =>
      whole.slice(0, start) + whole.slice(start, end).replaceAll(classOfColumn, blank) + whole.slice(end),
    sql,
  );
}

/** A statement with types of columns; AS means something else in one with a SELECT. */
const definesColumns = /^\s*(?:CREATE|ALTER)\s+TABLE\b(?![\s\S]*\bSELECT\b)/i;

function blank(text: string): string {
  return text.replaceAll(/[^\r\n]/g, ' ');
}
