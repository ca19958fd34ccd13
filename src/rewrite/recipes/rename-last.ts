import { sameName } from '../../sql/quote.ts';
import { nameOf, readWords } from '../../sql/words.ts';
import {
  applyEdits,
  type Edit,
  insertAfter,
  insertBefore,
  type PlacedStatement,
  remove,
  within,
} from '../migration-text.ts';
import { nameIn } from '../names.ts';
import { readRebuilds } from '../rebuilds.ts';
import type { Recipe, RewriteContext } from '../recipe.ts';

/**
 * A rebuild that makes the new table under another name and renames it at the end: ALTER TABLE RENAME leads keys, views and
 * triggers of other tables to the table that goes. https://sqlite.org/lang_altertable.html#otheralter
 */
export const renameLast: Recipe = {
  causes: [
    'parent-gone',
    'followed-the-old-table',
    'object-broken',
    'cascade-on-drop',
    'set-null-by-action',
    'parent-dropped',
  ],
  write: (context) => {
    const { file, before } = context;
    const rebuild = readRebuilds(file.statements).find(({ renamesFirst, drop }) => renamesFirst && drop !== null);
    if (rebuild?.drop == null || rebuild.copy === null) return null;
    const { name, old, create, copy, drop, rename } = rebuild;
    const made = freeName(context, `${name}_new`);
    const edits: Edit[] = [
      remove(file, rename),
      ...named(create, name, nameIn(file, made), 1),
      ...copyEdits(copy, name, old, nameIn(file, made), nameIn(file, name)),
      ...named(drop, old, nameIn(file, name), 1),
    ];
    // SQLite compiles objects that name the table when it is renamed, and the table does not exist then.
    const readers = before.objects.filter(
      ({ type, sql, table }) =>
        sql !== null && (type === 'view' || (type === 'trigger' && !sameName(table, name))) && mentions(sql, name),
    );
    const dropped = readers.map((each) => `DROP ${each.type.toUpperCase()} ${nameIn(file, each.name)}`);
    edits.push(insertBefore(file, drop, dropped));
    edits.push(
      insertAfter(file, drop, [
        `ALTER TABLE ${nameIn(file, made)} RENAME TO ${nameIn(file, name)}`,
        ...readers.map(({ sql }) => sql ?? ''),
      ]),
    );
    return applyEdits(
      file.text,
      edits.filter(({ start, end, by }) => start !== end || by !== ''),
    );
  },
  declares: ({ finding }) =>
    `Foreign keys, views and triggers lead to the new ${finding.table ?? 'table'}, not to the old one.`,
};

function freeName({ before }: RewriteContext, wanted: string): string {
  let name = wanted;
  while (before.objects.some((each) => sameName(each.name, name))) name += '_new';
  return name;
}

function mentions(sql: string, name: string): boolean {
  return readWords(sql).some((word) => sameName(nameOf(word) ?? '', name));
}

/** Puts another name in the place of the first mentions of a table. */
function named(statement: PlacedStatement, name: string, by: string, count: number): Edit[] {
  return readWords(statement.sql)
    .filter((word) => word.kind !== 'string' && sameName(nameOf(word) ?? '', name))
    .slice(0, count)
    .map(({ start, end }) => within(statement, start, end, by));
}

/** In a copy the new table stands after INTO, and the old one everywhere else. */
function copyEdits(copy: PlacedStatement, name: string, old: string, made: string, was: string): Edit[] {
  const into = named(copy, name, made, 1);
  const rest = readWords(copy.sql)
    .filter((word) => word.kind !== 'string' && sameName(nameOf(word) ?? '', old))
    .map(({ start, end }) => within(copy, start, end, was));
  return [...into, ...rest];
}
