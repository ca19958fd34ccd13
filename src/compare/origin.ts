import type { FailureOrigin } from '../model/comparison.ts';
import type { Migration } from '../model/history.ts';
import type { Failure } from '../model/outcome.ts';
import type { Schema, SchemaObject } from '../model/schema.ts';
import { namesIn } from '../sql/names.ts';
import { foldName, sameName } from '../sql/quote.ts';
import { significantTokens } from '../sql/tokens.ts';
import { triggerEvent, triggerTable } from '../sql/trigger-text.ts';

/**
 * Tells which objects beside the table of the statement have a part in a failure: one that no migration makes, and a
 * full-text index with the trigger that writes it.
 * @param before the schema of the side before the migration.
 * @param known that of the empty database; null where it is unknown.
 */
export function originOf(failure: Failure, migration: Migration, before: Schema, known: Schema | null): FailureOrigin {
  // A message of a trigger or function may hold anything.
  const words = failure.harmless || failure.code === 'SQLITE_CONSTRAINT_TRIGGER' ? failure.message : '';
  return {
    outside: known === null ? null : outsideObject(words, before, known),
    index: /^database disk image is malformed$/.test(words) ? writtenIndex(failure, migration, before) : null,
  };
}

/** The object of the side alone that the message names, or whose RAISE it repeats. */
function outsideObject(words: string, before: Schema, known: Schema): FailureOrigin['outside'] {
  const own = new Set(known.objects.map(keyOf));
  const named =
    /^error in (?:trigger|view) (.+?)(?: after (?:rename|drop column|add column))?: /s.exec(words)?.[1] ?? null;
  const found = before.objects.find(
    (object) =>
      (object.type === 'trigger' || object.type === 'view') &&
      !own.has(keyOf(object)) &&
      ((named !== null && sameName(named, object.name)) || raises(object, words)),
  );
  return found === undefined ? null : { type: found.type, name: found.name };
}

function keyOf({ type, name }: SchemaObject): string {
  return `${type} ${foldName(name)}`;
}

function raises({ type, sql }: SchemaObject, words: string): boolean {
  const literal = `'${words.replaceAll("'", "''")}'`;
  return type === 'trigger' && words !== '' && significantTokens(sql ?? '').some(({ text }) => text === literal);
}

/** The full-text index that the failing statement writes through a trigger of its table, or by itself. */
function writtenIndex(failure: Failure, { statements }: Migration, before: Schema): FailureOrigin['index'] {
  const statement = statements.find(({ index }) => index === failure.statement);
  const target = statement?.head.target ?? null;
  if (statement === undefined || target === null) return null;
  const indexes = before.tables.filter(({ kind, sql }) => kind === 'virtual' && /\busing\s+fts\d/i.test(sql));
  const itself = indexes.find(({ name }) => sameName(name, target));
  if (itself !== undefined) return { table: itself.name, trigger: null };
  const made = statements.filter(({ index, head }) => index < statement.index && head.verb === 'create-trigger');
  const triggers = [
    ...before.objects.flatMap(({ type, name, table, sql }) =>
      type === 'trigger' && sameName(table, target) && sql !== null ? [{ name, sql }] : [],
    ),
    ...made.filter(({ sql }) => sameName(triggerTable(sql) ?? '', target)).map(({ sql }) => ({ name: null, sql })),
  ];
  const { verb } = statement.head;
  for (const { name, sql } of triggers) {
    const event = triggerEvent(sql);
    // An INSERT may update on a conflict, and REPLACE deletes.
    if ((verb === 'update' || verb === 'delete') && event !== verb) continue;
    const names = namesIn(sql);
    const index = indexes.find((each) => names.has(foldName(each.name)));
    if (index !== undefined) return { table: index.name, trigger: name };
  }
  return null;
}
