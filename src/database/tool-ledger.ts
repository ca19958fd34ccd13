import { HarnessError } from '../errors.ts';
import { numberOf } from '../identity/number.ts';
import type { History, Migration } from '../model/history.ts';
import type { LedgerFormat, LedgerProblem, LedgerReading } from '../model/ledger.ts';
import type { Database } from './connection.ts';
import { problemOf } from './ledger.ts';

/**
 * Reads from the ledger of another tool what is applied, and works out what that tool will run next.
 * @returns null where the tool has never run on the database.
 * @throws HarnessError `ledger-blocked` where the tool refuses every deploy
 */
export function readToolLedger(db: Database, history: History, format: LedgerFormat): LedgerReading | null {
  if (format.table !== null && !hasTable(db, format.table)) return null;
  refuseBlocked(db, history, format);
  const ids = db.prepare<[], string | number | null>(format.applied).pluck().all();
  const { migrations } = history;
  const isKnown = isApplied(ids.map(String), format, migrations);
  const applied = migrations.filter(isKnown);
  const last = applied.at(-1);
  const place = last === undefined ? -1 : migrations.indexOf(last);
  const open = migrations.filter((migration) => !isKnown(migration));
  const skipped = format.pending === 'newer' ? open.filter((migration) => migrations.indexOf(migration) < place) : [];
  return {
    version: last === undefined ? 0 : numberOf(last),
    position: last?.position ?? 0,
    pending: open.filter((migration) => !skipped.includes(migration)),
    problems: [...missing(ids.map(String), format, migrations), ...skipped.map((each) => problemOf('skipped', each))],
  };
}

/** Whether a migration stands in a ledger, which may write leading zeros differently than the file. */
function isApplied(
  ids: readonly string[],
  { counts, pending }: LedgerFormat,
  migrations: readonly Migration[],
): (migration: Migration) => boolean {
  if (counts === true) return (migration) => migrations.indexOf(migration) < Number(ids[0] ?? 0);
  const known = new Set(ids.map(canonical));
  const newest = pending === 'above' && ids.length > 0 ? Number(ids[0]) : null;
  return ({ id, ledgerId = id }) => known.has(canonical(ledgerId)) || (newest !== null && Number(ledgerId) <= newest);
}

function missing(ids: readonly string[], { counts }: LedgerFormat, migrations: readonly Migration[]): LedgerProblem[] {
  if (counts === true) return [];
  const files = new Set(migrations.map(({ id, ledgerId = id }) => canonical(ledgerId)));
  return ids
    .filter((id) => !files.has(canonical(id)))
    .map((id) => {
      const shown = /^[\w.:-]{1,120}$/.test(id) ? id : null;
      return { kind: 'missing', version: 0, position: null, id: shown, name: shown ?? 'a migration', file: null };
    });
}

function canonical(id: string): string {
  return /^\d+$/.test(id) ? String(BigInt(id)) : id;
}

function hasTable(db: Database, table: string): boolean {
  const found = db.prepare<[string]>("SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = ?").get(table);
  return found !== undefined;
}

function refuseBlocked(db: Database, { directory, runner }: History, { blocked }: LedgerFormat): void {
  if (blocked === undefined || db.prepare(blocked.query).get() === undefined) return;
  throw new HarnessError('ledger-blocked', `${runner.title} refuses every deploy of ${directory}: ${blocked.why}.`, {
    remedy: `Resolve it with ${runner.title} first; until then nothing of what is pending will run.`,
    facts: { directory, tool: runner.tool },
  });
}
