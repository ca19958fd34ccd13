import { readDefinitions } from '../../sql/definitions.ts';
import { foldName, sameName } from '../../sql/quote.ts';
import { readInsertParts } from '../insert-parts.ts';
import { applyEdits, type Edit, within } from '../migration-text.ts';
import { nameIn, namesIn } from '../names.ts';
import { rebuildOf, statementOf, tableIn } from '../places.ts';
import type { Recipe, RewriteContext } from '../recipe.ts';

/** An explicit list of the columns that both forms of a table have, each from its namesake, in the place of `*` or of order. */
export const copyColumns: Recipe = {
  causes: [
    'columns-swapped',
    'default-instead-of-copy',
    'not-null-meets-null',
    'required-column-left-out',
    'check-meets-rows',
    'type-mismatch',
  ],
  write: (context) => {
    const { finding, file } = context;
    const statement = rebuildOf(finding, file)?.copy ?? statementOf(finding, file, 'insert');
    const parts = statement === null ? null : readInsertParts(statement.sql);
    const columns = columnsOf(context);
    if (statement === null || parts === null || columns === null) return null;
    const { made, old } = columns;
    const isThere = (name: string): boolean => old.some((each) => sameName(each, name));
    const shared = made.filter(isThere);
    const [first, last] = [parts.items[0], parts.items.at(-1)];
    if (first === undefined || last === undefined) return null;
    const isWhole = parts.items.length === 1 && first.text.endsWith('*');
    if (isWhole || parts.columns === null) {
      if (!isWhole && parts.items.some(({ name }) => name === null)) return null;
      const list = namesIn(file, shared);
      const edits: Edit[] = [within(statement, first.start, last.end, list)];
      const { columns: listed, target } = parts;
      edits.push(
        listed === null
          ? within(statement, target.end, target.end, ` (${list})`)
          : within(statement, listed[0]?.start ?? target.end, listed.at(-1)?.end ?? target.end, list),
      );
      return applyEdits(file.text, edits);
    }
    // A list on each side: a column is fed by its namesake, and those that were forgotten come behind.
    const { columns: listed } = parts;
    const swapped = listed.flatMap(({ name }, i): Edit[] => {
      const item = parts.items[i];
      if (item?.name === undefined || item.name === null || sameName(item.name, name) || !isThere(name)) return [];
      return [within(statement, item.start, item.end, `${item.qualifier}${nameIn(file, name)}`)];
    });
    if (swapped.length > 0 && finding.cause === 'columns-swapped') return applyEdits(file.text, swapped);
    const taken = new Set(listed.map(({ name }) => foldName(name)));
    const left = shared.filter((name) => !taken.has(foldName(name)));
    const [end, behind] = [listed.at(-1), parts.items.at(-1)];
    if (left.length === 0 || end === undefined || behind === undefined || parts.items.length !== listed.length)
      return null;
    const items = left.map((name) => `${behind.qualifier}${nameIn(file, name)}`).join(', ');
    return applyEdits(file.text, [
      within(statement, end.end, end.end, `, ${namesIn(file, left)}`),
      within(statement, behind.end, behind.end, `, ${items}`),
    ]);
  },
};

/** The columns of the new table and of the one that is copied, generated ones left out. */
function columnsOf({
  finding,
  file,
  before,
  after,
}: RewriteContext): { readonly made: readonly string[]; readonly old: readonly string[] } | null {
  const rebuild = rebuildOf(finding, file);
  const now = tableIn(after, rebuild?.name ?? finding.table);
  const was = tableIn(before, rebuild?.name ?? finding.table);
  if (was === null) return null;
  const stored = (table: typeof was): string[] =>
    table.columns.filter(({ generated }) => generated === 'no').map(({ name }) => name);
  const written = rebuild === null ? [] : readDefinitions(rebuild.create.sql).flatMap(({ column }) => column ?? []);
  const made = now === null ? written : stored(now);
  return made.length === 0 ? null : { made, old: stored(was) };
}
