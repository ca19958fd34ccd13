import { readDefinitions } from '../../sql/definitions.ts';
import { sameName } from '../../sql/quote.ts';
import { nameOf, readWords } from '../../sql/words.ts';
import { applyEdits, insertAfter, remove, within } from '../migration-text.ts';
import { nameIn, namesIn } from '../names.ts';
import { tableIn } from '../places.ts';
import type { Recipe } from '../recipe.ts';

/** A table that is dropped and made anew is made under another name first, and its rows are copied. */
export const recreated: Recipe = {
  causes: ['recreated'],
  write: ({ finding, file, before }) => {
    const is = (name: string | null): boolean => name !== null && sameName(name, finding.table ?? '');
    const drop = file.statements.find(({ head }) => head.verb === 'drop-table' && is(head.target));
    const create = file.statements.find(
      ({ head, index }) => head.verb === 'create-table' && is(head.target) && index > (drop?.index ?? Infinity),
    );
    const was = tableIn(before, finding.table);
    if (drop === undefined || create === undefined || was === null) return null;
    const columns = readDefinitions(create.sql).flatMap(({ column }) => column ?? []);
    const shared = namesIn(
      file,
      columns.filter((name) => was.columns.some((each) => each.generated === 'no' && sameName(each.name, name))),
    );
    const word = readWords(create.sql).find((each) => is(nameOf(each)));
    if (word === undefined || shared === '') return null;
    const made = nameIn(file, `${was.name}_new`);
    const name = nameIn(file, was.name);
    return applyEdits(file.text, [
      remove(file, drop),
      within(create, word.start, word.end, made),
      insertAfter(file, create, [
        `INSERT INTO ${made} (${shared}) SELECT ${shared} FROM ${name}`,
        drop.sql,
        `ALTER TABLE ${made} RENAME TO ${name}`,
      ]),
    ]);
  },
};
