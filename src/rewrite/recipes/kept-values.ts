import { readDefinitions } from '../../sql/definitions.ts';
import { closing, items } from '../../sql/nesting.ts';
import { sameName } from '../../sql/quote.ts';
import { readWords } from '../../sql/words.ts';
import { applyEdits, insertAfter, within } from '../migration-text.ts';
import { nameIn } from '../names.ts';
import { rebuildOf, statementOf, tableIn } from '../places.ts';
import type { Recipe } from '../recipe.ts';

/** The column keeps the type that it had, where the new one cannot hold its values. */
export const keptType: Recipe = {
  causes: ['type-coerced'],
  write: ({ finding, file, before }) => {
    const rebuild = rebuildOf(finding, file);
    const was = tableIn(before, rebuild?.name ?? null);
    if (rebuild === null || was === null || finding.code !== 'values-changed') return null;
    const columns = finding.facts.tables.flatMap((table) => table.columns);
    const edits = readDefinitions(rebuild.create.sql).flatMap(({ column, words }) => {
      const old = was.columns.find(({ name }) => sameName(name, column ?? ''));
      const type = words[1];
      const isTold = columns.some((name) => sameName(name, column ?? ''));
      if (!isTold || old === undefined || type === undefined || old.type === '') return [];
      return [within(rebuild.create, type.start, type.end, old.type)];
    });
    return applyEdits(file.text, edits);
  },
  declares: ({ finding }) =>
    `The column of ${finding.table} keeps its type, because the new one cannot hold its values.`,
};

/** A value that a CAST cannot give back stays unchanged. */
export const keptCast: Recipe = {
  causes: ['cast-loses-value'],
  write: ({ finding, file }) => {
    const statement = statementOf(finding, file, 'insert', 'update');
    if (statement === null) return null;
    const words = readWords(statement.sql);
    const edits = words.flatMap((word, i) => {
      const close = words[closing(words, i + 1)];
      const open = words[i + 1];
      const as = words.findIndex(({ key, depth }, at) => at > i && key === 'AS' && depth === (open?.depth ?? 0) + 1);
      const [first, last] = [words[i + 2], words[as - 1]];
      if (word.key !== 'CAST' || close === undefined || first === undefined || last === undefined) return [];
      const value = statement.sql.slice(first.start, last.end);
      const cast = statement.sql.slice(word.start, close.end);
      return [
        within(
          statement,
          word.start,
          close.end,
          `CASE WHEN CAST(${cast} AS TEXT) = CAST(${value} AS TEXT) THEN ${cast} ELSE ${value} END`,
        ),
      ];
    });
    return applyEdits(file.text, edits);
  },
  declares: ({ finding }) => `Values of ${finding.table} that are no numbers stay as they are.`,
};

/** A document that is one already is not quoted again. */
export const quotedOnce: Recipe = {
  causes: ['document-quoted'],
  write: ({ finding, file }) => {
    const statement = statementOf(finding, file, 'insert', 'update');
    if (statement === null) return null;
    const words = readWords(statement.sql);
    const edits = words.flatMap((word, i) => {
      const end = closing(words, i + 1);
      const [argument] = items(words.slice(i + 2, end));
      const [first, last, close] = [argument?.[0], argument?.at(-1), words[end]];
      if (word.key !== 'JSON_QUOTE' || first === undefined || last === undefined || close === undefined) return [];
      const value = statement.sql.slice(first.start, last.end);
      const call = statement.sql.slice(word.start, close.end);
      return [
        within(statement, word.start, close.end, `CASE WHEN json_valid(${value}) THEN ${value} ELSE ${call} END`),
      ];
    });
    return applyEdits(file.text, edits);
  },
};

/** A column that is dropped and added anew keeps its values under another name in the meantime. */
export const keptColumn: Recipe = {
  causes: ['values-dropped'],
  write: ({ finding, file }) => {
    const drop = statementOf(finding, file, 'drop-column');
    const { target, column } = drop?.head ?? {};
    if (!drop || !target || !column) return null;
    const add = file.statements.find(
      ({ head, index }) =>
        head.verb === 'add-column' &&
        index > drop.index &&
        sameName(head.target ?? '', target) &&
        sameName(head.column ?? '', column),
    );
    if (add === undefined) return null;
    const [table, name, old] = [nameIn(file, target), nameIn(file, column), nameIn(file, `${column}_before`)];
    return applyEdits(file.text, [
      within(drop, 0, drop.sql.length, `ALTER TABLE ${table} RENAME COLUMN ${name} TO ${old}`),
      insertAfter(file, add, [`UPDATE ${table} SET ${name} = ${old}`, `ALTER TABLE ${table} DROP COLUMN ${old}`]),
    ]);
  },
  declares: ({ finding }) => `The new column of ${finding.table} takes over the values of the old one.`,
};
