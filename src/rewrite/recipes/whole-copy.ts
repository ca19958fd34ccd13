import { readWords } from '../../sql/words.ts';
import { readInsertParts } from '../insert-parts.ts';
import { applyEdits, type Edit, insertBefore, within } from '../migration-text.ts';
import { nameIn } from '../names.ts';
import { rebuildOf, statementOf } from '../places.ts';
import type { Recipe } from '../recipe.ts';

/** A copy without the words that leave rows out of it; rows that go on purpose go by a DELETE of their own. */
export const wholeCopy: Recipe = {
  causes: ['narrowed', 'left-out'],
  write: ({ finding, file }) => {
    const statement = rebuildOf(finding, file)?.copy ?? statementOf(finding, file, 'insert', 'replace');
    const parts = statement === null ? null : readInsertParts(statement.sql);
    if (statement === null || parts === null) return null;
    const { words } = parts;
    const outside = (key: string): number => words.findIndex((word) => word.key === key && word.depth === 0);
    const edits: Edit[] = [];
    const cut = (from: number, to: number): void => {
      const [first, before] = [words[from], words[from - 1]];
      const last = words[to] ?? words.at(-1);
      if (first !== undefined && last !== undefined)
        edits.push(within(statement, before?.end ?? first.start, last.end, ''));
    };
    const or = outside('OR');
    const into = outside('INTO');
    if (or > 0 && or < into) cut(or, or + 1);
    const distinct = words.findIndex(({ key }) => key === 'DISTINCT');
    if (distinct > 0 && words[distinct - 1]?.key === 'SELECT') cut(distinct, distinct);
    const conflict = words.findIndex(({ key }, i) => key === 'ON' && words[i + 1]?.key === 'CONFLICT');
    const limit = outside('LIMIT');
    const order = outside('ORDER');
    if (conflict > 0) cut(conflict, words.length - 1);
    else if (limit > 0) cut(order > 0 && order < limit ? order : limit, words.length - 1);
    for (const [i, { key }] of words.entries()) {
      const word = words[i];
      const before = words[i - 1];
      if (
        key !== 'JOIN' ||
        word === undefined ||
        before === undefined ||
        ['LEFT', 'OUTER', 'CROSS', 'FULL', 'RIGHT'].includes(before.key)
      )
        continue;
      const start = before.key === 'INNER' ? before.start : word.start;
      edits.push(within(statement, start, word.end, 'LEFT JOIN'));
    }
    return applyEdits(file.text, edits);
  },
};

/** Rows that a copy leaves out on purpose are deleted before it; those of which its condition says neither stay. */
export const deletedBefore: Recipe = {
  causes: ['narrowed'],
  write: ({ finding, file }) => {
    const rebuild = rebuildOf(finding, file);
    const statement = rebuild?.copy ?? null;
    const parts = statement === null ? null : readInsertParts(statement.sql);
    if (rebuild === null || statement === null || parts === null || statement.head.sources.length !== 1) return null;
    const { words } = parts;
    const where = words.findIndex(({ key, depth }) => key === 'WHERE' && depth === 0);
    const end = words.findIndex(
      ({ key, depth }, i) => i > where && depth === 0 && ['GROUP', 'ORDER', 'LIMIT', 'ON'].includes(key),
    );
    const last = words[(end < 0 ? words.length : end) - 1];
    const [from, word] = [words[where - 1], words[where]];
    if (where < 0 || last === undefined || from === undefined || word === undefined) return null;
    const condition =
      readWords(statement.sql.slice(word.end, last.end)).length === 0
        ? ''
        : statement.sql.slice(word.end, last.end).trim();
    const place = rebuild.renamesFirst ? rebuild.rename : rebuild.create;
    return applyEdits(file.text, [
      insertBefore(file, place, [`DELETE FROM ${nameIn(file, rebuild.name)} WHERE NOT (${condition})`]),
      within(statement, from.end, last.end, ''),
    ]);
  },
  declares: ({ finding }) =>
    `A DELETE says which rows of ${finding.table} go; rows for which the condition is NULL stay.`,
};
