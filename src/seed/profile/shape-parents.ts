import { sameName } from '../../sql/quote.ts';
import { columnsNamed } from '../../sql/tables.ts';
import { streamKey } from '../values/streams.ts';
import { blockSize } from './families.ts';
import { findPairs } from './lists.ts';
import { type Keys, type ParentChoice, parentChoice } from './parent-choice.ts';
import type { Relation } from './relations.ts';
import type { TableShape } from './table-shape.ts';

/** Chooses the parents of a table's rows, for each of its references. @param keysOf the keys that one can point at */
export function parentChoices(shape: TableShape, keysOf: (relation: Relation) => Keys): ParentChoice[] {
  const { table, plan, relations, orders, profile, rows } = shape;
  const pairs = findPairs(
    table,
    relations.map(({ reference }) => reference.columns),
  );
  const choices: ParentChoice[] = [];
  for (const relation of relations) {
    const { reference } = relation;
    const keys = keysOf(relation);
    const [, partner] = pairs.find(([columns]) => columns === reference.columns) ?? [];
    choices.push(
      parentChoice({
        relation,
        keys,
        columns: columnsNamed(table, reference.columns),
        order: orders.get(reference.columns[0] ?? '') ?? ((index) => index),
        key: streamKey(plan.seed, table.name, ...reference.columns, 'children'),
        before: profile.rows,
        rows,
        toItself: reference.parent.name === table.name,
        partner: keys.count > blockSize ? null : (choices.find(({ columns }) => isSame(columns, partner)) ?? null),
      }),
    );
  }
  return choices;
}

function isSame(a: readonly string[], b: readonly string[] | undefined): boolean {
  return b !== undefined && a.length === b.length && a.every((name, i) => sameName(name, b[i] ?? ''));
}
