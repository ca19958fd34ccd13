import type { Statement } from '../../model/history.ts';
import type { ToolRefusal } from '../../model/tool.ts';
import { significantTokens } from '../../sql/tokens.ts';

/** The first words of statements that D1 refuses. https://developers.cloudflare.com/d1/sql-api/sql-statements/ */
const refused = /^(?:BEGIN|COMMIT|END|ROLLBACK|SAVEPOINT|RELEASE|ATTACH|DETACH|VACUUM)$/;

/** The pragmas that D1 takes; all others are refused. Measured with wrangler's local D1. */
const pragmas: ReadonlySet<string> = new Set(
  `case_sensitive_like data_version defer_foreign_keys foreign_key_check foreign_key_list foreign_keys
  ignore_check_constraints index_info index_list index_xinfo legacy_alter_table optimize quick_check recursive_triggers
  reverse_unordered_selects table_info table_list table_xinfo`.split(/\s+/),
);

/** D1 wraps a file in a transaction of its own, and keeps to one database without temporary objects. */
export function refuses(text: string, statements: readonly Statement[]): ToolRefusal[] {
  const refusals = statements.flatMap(({ index, sql }): ToolRefusal[] => {
    const why = refusalOf(significantTokens(sql).map((token) => token.text));
    return why === null ? [] : [{ statement: index, why: `D1 refuses ${why}` }];
  });
  const last = statements.at(-1);
  if (last === undefined || significantTokens(text).at(-1)?.text === ';') return refusals;
  return [
    ...refusals,
    {
      statement: last.index,
      why: 'wrangler appends its own INSERT to the file, so the last statement must end with a semicolon',
    },
  ];
}

function refusalOf(words: readonly string[]): string | null {
  const [first = '', second = ''] = words.map((word) => word.toUpperCase());
  if (refused.test(first)) return first;
  const made = first === 'CREATE' ? words.slice(1) : [];
  if (/^TEMP(?:ORARY)?$/.test(second) || made.some((word, at) => /^temp$/i.test(word) && made[at + 1] === '.'))
    return 'temporary objects';
  if (made.some((word) => /^["`[]?_cf_/i.test(word))) return 'names that begin with _cf_';
  if (first !== 'PRAGMA') return null;
  const name = (words[2] === '.' ? words[3] : words[1])?.toLowerCase() ?? '';
  return pragmas.has(name) ? null : `PRAGMA ${name}`;
}
