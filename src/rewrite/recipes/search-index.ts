import { applyEdits, insertAfter, insertBefore } from '../migration-text.ts';
import { nameIn } from '../names.ts';
import { statementOf } from '../places.ts';
import type { Recipe } from '../recipe.ts';

/** A full-text index is built anew from its content. https://sqlite.org/fts5.html#the_rebuild_command */
export const searchIndex: Recipe = {
  causes: ['search-index-stale'],
  write: ({ finding, file }) => {
    if (finding.code !== 'search-index-stale') return null;
    const last = file.statements.findLast(({ head }) => head.verb !== 'pragma' && head.verb !== 'commit');
    const texts = finding.facts.indexes.map(
      ({ table }) => `INSERT INTO ${nameIn(file, table)} (${nameIn(file, table)}) VALUES ('rebuild')`,
    );
    return last === undefined ? null : applyEdits(file.text, [insertAfter(file, last, texts)]);
  },
};

/** An index that was out of step before is built anew first: its triggers take out what it does not have. */
export const searchIndexFirst: Recipe = {
  causes: ['search-index-malformed'],
  write: ({ finding, file, before }) => {
    const statement = statementOf(finding, file, 'update', 'delete', 'insert');
    if (statement === null) return null;
    const indexes = before.tables.filter(
      ({ kind, sql }) =>
        kind === 'virtual' &&
        /\busing\s+fts5\b/i.test(sql) &&
        /\bcontent\s*=\s*[^'\s]|\bcontent\s*=\s*'[^']/i.test(sql),
    );
    const texts = indexes.map(
      ({ name }) => `INSERT INTO ${nameIn(file, name)} (${nameIn(file, name)}) VALUES ('rebuild')`,
    );
    return texts.length === 0 ? null : applyEdits(file.text, [insertBefore(file, statement, texts)]);
  },
};
