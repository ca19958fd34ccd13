/** Our ledger with entries of these versions, without hashes. */
export function ledgerOf(versions: readonly number[]): string[] {
  return [
    'CREATE TABLE IF NOT EXISTS _migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL, name TEXT, hash TEXT)',
    ...versions.map(
      (version) => `INSERT INTO _migrations (version, applied_at) VALUES (${version}, '2026-01-01T00:00:00.000Z')`,
    ),
  ];
}
