import type { ForeignKey, Table } from '../../model/schema.ts';
import { sameName } from '../../sql/quote.ts';
import { applyEdits, insertBefore } from '../migration-text.ts';
import { nameIn } from '../names.ts';
import { rebuildOf, statementOf, tableIn } from '../places.ts';
import type { Recipe, RewriteContext } from '../recipe.ts';

/** Rows without a parent lose the reference where the column may be NULL, and go where it may not, before a key is enforced. */
export const orphans: Recipe = {
  causes: [
    'foreign-key-meets-rows',
    'orphans-under-declared-key',
    'foreign-key-check-failed',
    'key-meets-orphans',
    'orphans-created',
  ],
  write: (context) => {
    const { finding, file, before, after } = context;
    const rebuild = rebuildOf(finding, file);
    const statement = statementOf(finding, file) ?? rebuild?.copy ?? null;
    const name = rebuild?.name ?? null;
    const [was, is] = [tableIn(before, name), tableIn(after, name)];
    if (rebuild === null || statement === null || was === null || is === null) return null;
    const place = rebuild.renamesFirst ? rebuild.rename : rebuild.create;
    const texts = is.foreignKeys.flatMap((key) => without(key, was, is, context) ?? []);
    return texts.length === 0 ? null : applyEdits(file.text, [insertBefore(file, place, texts)]);
  },
  declares: ({ finding }) =>
    `Rows of ${finding.table} without a parent lose their reference where it may be NULL, and are deleted where it may not.`,
};

function without(
  { columns, parent, parentColumns }: ForeignKey,
  was: Table,
  is: Table,
  { file, before }: RewriteContext,
): string | null {
  const [column] = columns;
  const [key] = parentColumns;
  const own = was.columns.find(({ name }) => sameName(name, column ?? ''));
  const now = is.columns.find(({ name }) => sameName(name, column ?? ''));
  if (
    columns.length !== 1 ||
    key === undefined ||
    own === undefined ||
    now === undefined ||
    tableIn(before, parent) === null
  )
    return null;
  const [table, name] = [nameIn(file, was.name), nameIn(file, own.name)];
  const isLost = `${name} IS NOT NULL AND ${name} NOT IN (SELECT ${nameIn(file, key)} FROM ${nameIn(file, parent)} WHERE ${nameIn(file, key)} IS NOT NULL)`;
  const isKey = was.primaryKey.some((each) => sameName(each, own.name));
  return now.notNull || own.notNull || isKey
    ? `DELETE FROM ${table} WHERE ${isLost}`
    : `UPDATE ${table} SET ${name} = NULL WHERE ${isLost}`;
}
