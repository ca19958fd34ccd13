import { sameName } from '../../sql/quote.ts';
import { triggerEvent } from '../../sql/trigger-text.ts';
import { applyEdits, insertAfter, insertBefore, remove } from '../migration-text.ts';
import { nameIn } from '../names.ts';
import { statementOf } from '../places.ts';
import type { Recipe } from '../recipe.ts';

/** The triggers of a table step aside while the migration itself writes to it. */
export const triggersAside: Recipe = {
  causes: ['rows-added', 'set-by-trigger', 'trigger-raises'],
  write: ({ finding, file, before }) => {
    const statement = statementOf(finding, file, 'insert', 'update', 'delete', 'replace');
    const { target, verb } = statement?.head ?? {};
    if (!statement || !target || !verb) return null;
    const event = verb === 'replace' ? 'insert' : verb;
    const made = file.statements.filter(
      ({ index, head, sql }) =>
        head.verb === 'create-trigger' &&
        index < statement.index &&
        sameName(head.target ?? '', target) &&
        triggerEvent(sql) === event,
    );
    if (made.length > 0)
      return applyEdits(file.text, [
        ...made.map((each) => remove(file, each)),
        insertAfter(
          file,
          statement,
          made.map(({ sql }) => sql),
        ),
      ]);
    const triggers = before.objects.filter(
      ({ type, table, sql }) =>
        type === 'trigger' && sameName(table, target) && sql !== null && triggerEvent(sql) === event,
    );
    if (triggers.length === 0) return null;
    return applyEdits(file.text, [
      insertBefore(
        file,
        statement,
        triggers.map(({ name }) => `DROP TRIGGER ${nameIn(file, name)}`),
      ),
      insertAfter(
        file,
        statement,
        triggers.flatMap(({ sql }) => sql ?? []),
      ),
    ]);
  },
};
