import type { Fault, ValueChange } from '../model/fault.ts';
import type { Finding, FindingCode } from '../model/finding.ts';
import { counted, keyText, shownKeys, shownValue } from './format.ts';

/** The codes whose findings are about rows that were there before the migration. */
const aboutRows: ReadonlySet<FindingCode> = new Set([
  'fails-on-rows',
  'rows-lost',
  'rows-duplicated',
  'rows-added',
  'values-changed',
  'orphans-created',
  'rows-unreadable',
]);

/** Leaves out what the rows of a finding are known by and hold, where values may not be shown. */
export function withoutKeys(finding: Finding): Finding {
  const faults = finding.faults.map(({ changes: _changes, ...fault }) => ({
    ...fault,
    keys: { columns: [], rows: [] },
  }));
  return { ...finding, faults };
}

/** Says which rows a finding is about, and where no SELECT on the database before the migration lists them. */
export function tellFaults(finding: Finding): Finding {
  const { code, faults, hazards, details } = finding;
  if (!aboutRows.has(code)) return finding;
  const isListed = hazards.length > 0 || faults.some(({ query }) => query !== null);
  const unlisted = isListed ? [] : ['No SELECT on the database before the migration lists the rows.'];
  return { ...finding, details: [...describeRows(finding), ...details, ...unlisted] };
}

/** For how many tables the keys of rows are told; the message names all tables. */
const shownTables = 3;

function describeRows(finding: Finding): string[] {
  const { faults } = finding;
  if (finding.code === 'fails-on-rows') return faults.map(describe);
  // It names its rows by itself.
  if (finding.code === 'rows-unreadable') return [];
  const told = faults.flatMap(({ table, rows, keys, changes }) =>
    changes === undefined ? shownKeys(table, rows, keys) : describeChanges(table, rows, keys, changes),
  );
  if (told.length > 0 || finding.code !== 'values-changed') return [...new Set(told)].slice(0, shownTables);
  return finding.facts.tables.slice(0, shownTables).flatMap(({ table, rows, keys }) => shownKeys(table, rows, keys));
}

/** The rows that a statement cannot take, in a sentence: `2 of 1000 rows of users are in the way: id 777; id 888.` */
export function describe({ table, rows, of, keys }: Fault): string {
  const share = rows === of ? `${counted(rows, 'row')} of ${table}` : `${rows} of ${counted(of, 'row')} of ${table}`;
  const named = keys.rows.map((row) => keyText(keys.columns, row));
  const list = named.length === 0 ? '' : `: ${named.join('; ')}${rows > named.length ? '; …' : ''}`;
  return `${share} ${rows === 1 ? 'is' : 'are'} in the way${list}.`;
}

/** `In depots: postcode '00501' → 501 (id 1); …` */
function describeChanges(table: string, rows: number, keys: Fault['keys'], changes: readonly ValueChange[]): string[] {
  const each = changes.map(({ column, before, after }, i) => {
    const key = keyText(keys.columns, keys.rows[i] ?? []);
    return `${column} ${shownValue(before)} → ${shownValue(after)} (${key})`;
  });
  return each.length === 0 ? [] : [`In ${table}: ${each.join('; ')}${rows > each.length ? '; …' : ''}.`];
}
