/** Messages of SQLite that are made of its own words and of names in the schema. */
const harmless: readonly RegExp[] = [
  /^(?:NOT NULL|UNIQUE|CHECK|FOREIGN KEY) constraint failed/,
  /^constraint failed$/,
  /^Cannot add a /,
  /^cannot add a STORED column$/,
  /^type mismatch on DEFAULT$/,
  /^datatype mismatch$/,
  /^cannot store \w+ value in \w+ column /,
  /^malformed JSON$/,
  /^integer overflow$/,
  /^SQL logic error$/,
  /^foreign key (?:check failed|mismatch)/,
  /^string or blob too big$/,
  /^database or disk is full$/,
  /^attempt to write a readonly database$/,
  /^the file begins a transaction/,
];

/**
 * Whether an error of SQLite can be shown to somebody who may not see rows. Many messages quote what they stumbled over
 * (`bad JSON path: '…'`, those of MATCH, whatever a trigger's RAISE puts together), so only those known not to pass.
 */
export function holdsNoValue({ code, message }: { readonly code: string; readonly message: string }): boolean {
  return code !== 'SQLITE_CONSTRAINT_TRIGGER' && harmless.some((pattern) => pattern.test(message));
}
