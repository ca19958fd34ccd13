import { numberIn } from '../identity/number.ts';
import type { History } from '../model/history.ts';
import type { Note, NoteFacts } from '../model/note.ts';

/** The notes on a history that its files alone show. */
export function notesOnHistory(history: History): Note[] {
  const { ownLedger } = history;
  const kept = history.migrations.filter(({ passedOver = [] }) => passedOver.length > 0).map(({ name }) => name);
  return [
    ...history.ignored.map((facts): Note => ({ code: 'ignored', facts })),
    ...sameNumbers(history).map((facts): Note => ({ code: 'same-number', facts })),
    ...keysOff(history),
    ...(ownLedger === undefined
      ? []
      : [{ code: 'ledger-by-program' as const, facts: { table: ownLedger.table, evidence: ownLedger.file } }]),
    ...(kept.length > 0 ? [{ code: 'declarations-kept' as const, facts: { migrations: kept } }] : []),
  ];
}

/** The files before which programs of the project switch foreign keys off, program by program. */
function keysOff({ migrations }: History): Note[] {
  const named = migrations.filter(({ keysOffBy }) => keysOffBy !== undefined);
  return [...Map.groupBy(named, ({ keysOffBy = '' }) => keysOffBy)].map(([evidence, group]): Note => {
    return { code: 'keys-off-by-program', facts: { migrations: group.map(({ name }) => name), evidence } };
  });
}

/** The files of a plain folder that have one number; a tool of its own either refuses them or has an order for them. */
function sameNumbers({ runner, migrations }: History): NoteFacts['same-number'][] {
  if (runner.tool !== 'plain') return [];
  const groups = [...Map.groupBy(migrations, ({ id }) => String(numberIn(id) ?? leadingDate(id) ?? id)).values()];
  const twins = groups.filter((group) => group.length > 1);
  const [first] = twins;
  return first === undefined ? [] : [{ numbers: twins.length, migrations: first.map(({ name }) => name) }];
}

/** The date before the words of a name; null without one. */
function leadingDate(id: string): string | null {
  return /^\d{4}-\d{2}-\d{2}/.exec(id)?.[0] ?? null;
}
