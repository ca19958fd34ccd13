import { readDefinitions } from '../../sql/definitions.ts';
import { closing } from '../../sql/nesting.ts';
import { foldName, sameName } from '../../sql/quote.ts';
import { readWords } from '../../sql/words.ts';
import { readClauses } from '../column-clauses.ts';
import { applyEdits, type Edit, insertAfter, type PlacedStatement, replace, within } from '../migration-text.ts';
import { nameIn, namesIn } from '../names.ts';
import { rebuildOf, rebuildOfTable, tableIn } from '../places.ts';
import type { Recipe } from '../recipe.ts';

/** The indexes and triggers that went with a table, made again from their old texts behind its rebuild. */
export const objectsAgain: Recipe = {
  causes: ['index-dropped', 'trigger-dropped'],
  write: ({ finding, file, before }) => {
    if (finding.code !== 'index-dropped' && finding.code !== 'trigger-dropped') return null;
    const rebuild = rebuildOf(finding, file) ?? rebuildOfTable(finding.table, file);
    const last = file.statements.findLast(({ head }) => head.verb !== 'pragma' && head.verb !== 'commit');
    const names = finding.facts.parts.map(({ name }) => name);
    const texts = before.objects.flatMap(({ name, sql }) =>
      sql !== null && names.some((each) => sameName(each, name)) ? [sql] : [],
    );
    if (texts.length !== names.length) return null;
    const renamed = rebuild === null || rebuild.renamesFirst ? rebuild?.drop : rebuild.rename;
    // Behind the end of the rebuild, or of the file.
    const place = renamed ?? last;
    return place === undefined ? null : applyEdits(file.text, [insertAfter(file, place, texts)]);
  },
  declares: ({ finding }) => `${finding.table} keeps the indexes and triggers that it had.`,
};

/** Constraints and defaults that a rebuild left out, written into its CREATE TABLE as they were. */
export const constraintsAgain: Recipe = {
  causes: ['constraint-dropped', 'default-dropped', 'parent-key-gone'],
  write: ({ finding, file, before }) => {
    const rebuild = rebuildOf(finding, file) ?? rebuildOfTable(finding.table, file);
    const was = rebuild === null ? null : tableIn(before, rebuild.name);
    if (rebuild === null || was === null) return null;
    const { create } = rebuild;
    if (rebuild.copy === create) return selected(create, was.sql);
    if (finding.code !== 'constraint-dropped') return null;
    const edits = finding.facts.parts.flatMap(({ name, columns }) => constraintEdits(create, name, columns, was.sql));
    const alike = new Set(edits.map((edit) => JSON.stringify(edit)));
    return applyEdits(
      file.text,
      edits.filter((edit) => alike.delete(JSON.stringify(edit))),
    );

    function selected(statement: PlacedStatement, old: string): string | null {
      // CREATE TABLE … AS SELECT makes no constraint: the old text does, and an INSERT copies.
      const words = readWords(statement.sql);
      const as = words.find(({ key, depth }) => key === 'AS' && depth === 0);
      const name = words[words.findIndex(({ key }) => key === 'TABLE') + 1];
      const body = readWords(old);
      const open = body.find(({ text }) => text === '(');
      if (as === undefined || name === undefined || open === undefined || was === null) return null;
      const columns = namesIn(
        file,
        was.columns.filter(({ generated }) => generated === 'no').map((column) => column.name),
      );
      const made = nameIn(file, rebuild?.made ?? '');
      const table = `CREATE TABLE ${made} ${old.slice(open.start)}`;
      const copy = `INSERT INTO ${made} (${columns}) ${statement.sql.slice(as.end).trim()}`;
      return applyEdits(file.text, [replace(file, statement, table), insertAfter(file, statement, [copy])]);
    }
  },
  declares: ({ finding }) => `${finding.table} keeps the constraints and defaults that it had.`,
};

function constraintEdits(create: PlacedStatement, text: string, columns: readonly string[], old: string): Edit[] {
  const { sql } = create;
  const words = readWords(sql).filter((word) => word.text !== ';');
  const open = words.findIndex((word) => word.text === '(' && word.depth === 0);
  const close = words[closing(words, open)];
  const end = words.at(-1)?.end ?? sql.length;
  if (close === undefined) return [];
  if (text === 'STRICT' || text === 'WITHOUT ROWID') {
    const isFirst = close.end === end;
    return [within(create, end, end, `${isFirst ? ' ' : ', '}${text}`)];
  }
  const lastWord = words[words.indexOf(close) - 1];
  const definition = readDefinitions(sql).find(({ column }) => column !== null && sameName(column, columns[0] ?? ''));
  const last = definition?.words.at(-1);
  if (/^(?:DEFAULT|COLLATE|NOT NULL|AUTOINCREMENT)/.test(text)) {
    if (definition === undefined || last === undefined) return [];
    const clause = text === 'AUTOINCREMENT' ? text : text.slice(0, text.lastIndexOf(' of '));
    const key = definition.words.findIndex((word) => word.key === 'KEY');
    const at = text === 'AUTOINCREMENT' ? (definition.words[key]?.end ?? last.end) : last.end;
    const clauses = text.startsWith('DEFAULT') ? readClauses(definition.words) : null;
    return clauses?.default ? [] : [within(create, at, at, ` ${clause}`)];
  }
  if (/^ON (?:DELETE|UPDATE)/.test(text) || lastWord === undefined) return [];
  const written = writtenAs(text, columns, old);
  const indent = /\n([ \t]*)\S/.exec(sql)?.[1];
  const space = indent === undefined ? ' ' : `\n${indent}`;
  return [within(create, lastWord.end, lastWord.end, `,${space}${written}`)];
}

/** A constraint as the old text has it among those of the table, with its name and its actions; else as SQLite tells it. */
function writtenAs(text: string, columns: readonly string[], old: string): string {
  const kind = /^\w+/.exec(text)?.[0] ?? '';
  const names = columns.map(foldName);
  const found = readDefinitions(old).find(({ column, words }) => {
    const isKind = words.some(({ key }) => key === kind);
    const isAbout = names.every((name) =>
      words.some((word) => foldName(word.text.replace(/^["`[]|["`\]]$/g, '')) === name),
    );
    return isKind && isAbout && (column === null || (kind === 'FOREIGN' && false));
  });
  if (found !== undefined) return old.slice(found.words[0]?.start, found.words.at(-1)?.end);
  if (kind !== 'FOREIGN') return text;
  const own = readDefinitions(old).find(({ column }) => column !== null && sameName(column, columns[0] ?? ''));
  const at = own?.words.findIndex(({ key }) => key === 'REFERENCES') ?? -1;
  const from = own?.words[at];
  return own === undefined || from === undefined
    ? text
    : `FOREIGN KEY (${columns.join(', ')}) ${old.slice(from.start, own.words.at(-1)?.end)}`;
}
