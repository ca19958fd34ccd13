import { HarnessError } from '../errors.ts';
import { numberOf } from '../identity/number.ts';
import type { History, Migration } from '../model/history.ts';
import type { LedgerFormat, LedgerProblem, LedgerReading } from '../model/ledger.ts';
import type { Database } from './connection.ts';
import { problemOf } from './ledger.ts';
import { readRows } from './reading.ts';

/**
 * Reads from the ledger of another tool what is applied, and works out what that tool will run next.
 * @returns null where the tool has never run on the database.
 * @throws HarnessError `ledger-blocked` where the tool refuses every deploy
 */
export function readToolLedger(db: Database, history: History, format: LedgerFormat): LedgerReading | null {
  if (format.table !== null && !hasTable(db, format.table)) return null;
  refuseBlocked(db, history, format);
  const ids = ask<Readonly<Record<string, unknown>>>(db, history, format, format.applied).map((row) =>
    String(Object.values(row)[0]),
  );
  const { migrations } = history;
  const isKnown = isApplied(ids, format, migrations);
  const applied = migrations.filter(isKnown);
  const last = applied.at(-1);
  const open = migrations.filter((migration) => !isKnown(migration));
  const skipped = format.pending === 'newer' ? open.filter((each) => numberIn(each) <= newestOf(ids)) : [];
  const pending = open.filter((migration) => !skipped.includes(migration));
  const late = pending.filter(({ position }) => position < (last?.position ?? 0));
  return {
    version: last === undefined ? 0 : numberOf(last),
    position: last?.position ?? 0,
    pending,
    problems: [
      ...missing(ids, format, migrations),
      ...edited(db, history, format, applied),
      ...skipped.map((each) => problemOf('skipped', each, 'goes-on')),
      ...late.map((each) => problemOf('late', each, format.late ?? null)),
    ],
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
  return (migration) =>
    known.has(canonical(ledgerIdOf(migration))) || (newest !== null && numberIn(migration) <= newest);
}

function ledgerIdOf({ id, ledgerId = id }: Migration): string {
  return ledgerId;
}

function numberIn(migration: Migration): number {
  return Number(ledgerIdOf(migration));
}

function newestOf(ids: readonly string[]): number {
  return Math.max(Number.NEGATIVE_INFINITY, ...ids.map(Number));
}

function missing(ids: readonly string[], format: LedgerFormat, migrations: readonly Migration[]): LedgerProblem[] {
  if (format.counts === true) return [];
  const files = new Set(migrations.map((migration) => canonical(ledgerIdOf(migration))));
  return ids
    .filter((id) => !files.has(canonical(id)))
    .map((id) => {
      const shown = /^[\w.:-]{1,120}$/.test(id) ? id : null;
      const place = { version: 0, position: null, id: shown, name: shown ?? 'a migration', file: null };
      return { kind: 'missing', reaction: format.missing ?? null, ...place };
    });
}

/** The applied migrations of which the ledger holds another hash than the file has now. */
function edited(db: Database, history: History, format: LedgerFormat, applied: readonly Migration[]): LedgerProblem[] {
  const { hashes } = format;
  if (hashes === undefined) return [];
  const rows = ask<{ id: unknown; hash: unknown }>(db, history, format, hashes.query);
  const known = new Map(rows.map(({ id, hash }) => [canonical(String(id)), String(hash ?? '')]));
  return applied
    .filter((migration) => {
      const hash = known.get(canonical(ledgerIdOf(migration))) ?? '';
      // Some drivers write an empty hash, or none.
      return hash !== '' && migration.ledgerHashes !== undefined && !migration.ledgerHashes.includes(hash);
    })
    .map((migration) => problemOf('edited', migration, hashes.reaction));
}

/** Asks a ledger. @throws HarnessError `ledger-foreign` where a table of its name has other columns */
function ask<Row>(db: Database, { runner }: History, { table }: LedgerFormat, query: string): Row[] {
  const reading = readRows(db, () => db.prepare<[], Row>(query).all());
  if ('value' in reading) return reading.value;
  throw new HarnessError('ledger-foreign', `${runner.title} did not make the table ${table}.`, {
    remedy: 'Name the tool of these migrations with --tool, or the last migration of the database with --at ID.',
    facts: { tool: runner.tool },
    cause: reading.cause,
  });
}

function canonical(id: string): string {
  return /^\d+$/.test(id) ? String(BigInt(id)) : id;
}

function hasTable(db: Database, table: string): boolean {
  const found = db.prepare<[string]>("SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = ?").get(table);
  return found !== undefined;
}

function refuseBlocked(db: Database, history: History, format: LedgerFormat): void {
  const { directory, runner } = history;
  const { blocked } = format;
  if (blocked === undefined || ask(db, history, format, blocked.query).length === 0) return;
  throw new HarnessError('ledger-blocked', `${runner.title} refuses every deploy of ${directory}: ${blocked.why}.`, {
    remedy: `Resolve it with ${runner.title} first; until then no pending migration runs.`,
    facts: { directory, tool: runner.tool },
  });
}
