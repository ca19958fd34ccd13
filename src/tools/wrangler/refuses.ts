import type { Statement } from '../../model/history.ts';
import type { ToolRefusal } from '../../model/tool.ts';
import { significantTokens } from '../../sql/tokens.ts';

/** The first words of statements that D1 refuses. https://developers.cloudflare.com/d1/sql-api/sql-statements/ */
const refused = /^(?:BEGIN|COMMIT|END|ROLLBACK|SAVEPOINT|RELEASE|ATTACH|DETACH|VACUUM)$/;

/** D1 wraps a file in a transaction of its own, and keeps to one database without temporary objects. */
export function refuses(text: string, statements: readonly Statement[]): ToolRefusal[] {
  const refusals = statements.flatMap(({ index, sql }): ToolRefusal[] => {
    const words = significantTokens(sql).map((token) => token.text.toUpperCase());
    const [first = '', second = ''] = words;
    if (refused.test(first)) return [{ statement: index, why: `D1 refuses ${first}` }];
    if (first === 'CREATE' && /^TEMP(?:ORARY)?$/.test(second))
      return [{ statement: index, why: 'D1 refuses temporary objects' }];
    const pragma =
      first === 'PRAGMA'
        ? words.find((word) => /^(?:USER_VERSION|APPLICATION_ID|WRITABLE_SCHEMA)$/.test(word))
        : undefined;
    return pragma === undefined ? [] : [{ statement: index, why: `D1 refuses PRAGMA ${pragma.toLowerCase()}` }];
  });
  const last = statements.at(-1);
  if (last === undefined || significantTokens(text).at(-1)?.text === ';') return refusals;
  return [
    ...refusals,
    {
      statement: last.index,
      why: 'wrangler writes its own INSERT behind the file, whose last statement must end with a semicolon',
    },
  ];
}
