import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessError } from '../errors.ts';
import type { Verb } from '../model/history.ts';
import type { Query, QuerySet } from '../model/query.ts';
import { withoutValues } from '../sql/parameters.ts';
import { splitStatements } from '../sql/statements.ts';
import { isSqlFile } from './ignored.ts';
import { readSqlText } from './text.ts';

/** Statements that differ only in their values: so many of each are tried. */
const alikeLimit = 20;

/** A file that an application wrote may be large. */
const sizeLimit = 256 * 1024 * 1024;

const tried: ReadonlySet<Verb> = new Set(['select', 'insert', 'replace', 'update', 'delete']);

/**
 * Reads the statements of an application: a `.sql` file, or those of a folder and the folders in it, in the order of their
 * names.
 * @throws HarnessError `folder-missing`, `folder-empty`, `file-unreadable`, `file-not-utf8`
 */
export function loadQueries(place: string): QuerySet {
  const files = listFiles(place);
  if (files.length === 0)
    throw new HarnessError('folder-empty', `${place} holds no .sql file with statements of the application.`, {
      remedy: 'Name the folder or the file that holds them.',
      facts: { directory: place },
    });
  const texts = new Set<string>();
  const shapes = new Map<string, number>();
  const queries: Query[] = [];
  const sums = { others: 0, alike: 0 };
  for (const file of files) {
    for (const { sql, line, head } of splitStatements(readSqlText(file, file, sizeLimit))) {
      if (texts.has(sql)) continue;
      texts.add(sql);
      const shape = withoutValues(sql);
      const known = shapes.get(shape) ?? 0;
      shapes.set(shape, known + 1);
      if (!tried.has(head.verb)) sums.others += 1;
      else if (known >= alikeLimit) sums.alike += 1;
      else queries.push({ file, line, sql, head });
    }
  }
  return { queries, ...sums };
}

function listFiles(place: string): string[] {
  try {
    if (statSync(place).isFile()) return [place];
    const names = readdirSync(place, { recursive: true, encoding: 'utf8' }).filter(isSqlFile).sort();
    return names.map((name) => join(place, name).replaceAll('\\', '/'));
  } catch (cause) {
    throw new HarnessError('folder-missing', `${place} is neither a file nor a folder that can be read.`, {
      remedy: 'Name the folder or the file with the statements of the application.',
      facts: { directory: place },
      cause,
    });
  }
}
