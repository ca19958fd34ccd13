import { foldName, unquote } from '../../sql/quote.ts';
import { significantTokens, type TokenText } from '../../sql/tokens.ts';

/**
 * PRAGMAs that stay within the database at hand and its connection, whatever their argument.
 * https://sqlite.org/pragma.html
 */
const harmless: ReadonlySet<string> = new Set(
  [
    // Questions.
    'collation_list compile_options data_version database_list foreign_key_check foreign_key_list freelist_count',
    'function_list index_info index_list index_xinfo integrity_check module_list page_count pragma_list quick_check',
    'table_info table_list table_xinfo',
    // Switches of the connection.
    'automatic_index case_sensitive_like cell_size_check checkpoint_fullfsync count_changes defer_foreign_keys',
    'foreign_keys fullfsync ignore_check_constraints legacy_alter_table query_only read_uncommitted recursive_triggers',
    'reverse_unordered_selects secure_delete trusted_schema',
    // Of the file, which is a scratch copy except under `migrate`.
    'analysis_limit application_id auto_vacuum busy_timeout cache_size cache_spill default_cache_size encoding',
    'incremental_vacuum journal_mode journal_size_limit legacy_file_format locking_mode max_page_count mmap_size optimize',
    'page_size shrink_memory synchronous temp_store threads user_version wal_autocheckpoint wal_checkpoint',
  ].flatMap((line) => line.split(' ')),
);

/** PRAGMAs that may damage the schema, unless the engine is in defensive mode, which makes them do nothing. */
const damaging: ReadonlySet<string> = new Set(['schema_version', 'writable_schema']);

/** Arguments with which those damage nothing either. */
const isOff = /^(?:0|off|no|false|reset)$/i;

/**
 * Says why a PRAGMA may not run; null where it may. It is decided by its text, because SQLite carries some PRAGMAs out
 * when they are compiled, even behind EXPLAIN (https://sqlite.org/pragma.html#pragma_foreign_keys and others).
 * @param sql a statement whose first word is PRAGMA
 * @param defended whether the engine is in defensive mode
 */
export function refusedPragma(sql: string, defended: boolean): string | null {
  const read = readPragma(significantTokens(sql));
  if (read === null) return 'holds a PRAGMA of a form that SQLite does not document';
  const { name, argument } = read;
  if (harmless.has(name)) return null;
  if (!damaging.has(name)) return `sets PRAGMA ${name}, which rowproof does not know to be safe`;
  const isSafe = defended || argument === null || isOff.test(argument);
  return isSafe ? null : `sets PRAGMA ${name}, which can damage a database on this version of Node`;
}

/** `PRAGMA [schema .] name [= argument | (argument)]` and nothing behind it. https://sqlite.org/syntax/pragma-stmt.html */
function readPragma([, ...rest]: readonly TokenText[]): { name: string; argument: string | null } | null {
  const words = rest.at(-1)?.text === ';' ? rest.slice(0, -1) : rest;
  const [name, ...value] = words[1]?.text === '.' ? words.slice(2) : words;
  if (name === undefined || !isName(name)) return null;
  const folded = foldName(unquote(name.text));
  if (value.length === 0) return { name: folded, argument: null };
  const inner = value[0]?.text === '=' ? value.slice(1) : inParentheses(value);
  if (inner === null) return null;
  const [sign, ...others] = inner;
  const [argument, ...more] = sign?.text === '-' || sign?.text === '+' ? others : inner;
  if (argument === undefined || more.length > 0 || argument.kind === 'symbol') return null;
  return { name: folded, argument: unquote(argument.text) };
}

function isName({ kind }: TokenText): boolean {
  return kind === 'word' || kind === 'name' || kind === 'string';
}

function inParentheses(words: readonly TokenText[]): readonly TokenText[] | null {
  return words[0]?.text === '(' && words.at(-1)?.text === ')' ? words.slice(1, -1) : null;
}
