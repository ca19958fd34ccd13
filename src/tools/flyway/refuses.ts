import type { Statement } from '../../model/history.ts';
import type { ToolRefusal } from '../../model/tool.ts';
import { significantTokens } from '../../sql/tokens.ts';
import type { MigrationFile } from '../tool.ts';

/** Flyway refuses PRAGMA foreign_keys beside anything else in a transaction, and a placeholder that has no value. */
export function refuses(_text: string, statements: readonly Statement[], file: MigrationFile): ToolRefusal[] {
  return [...switches(statements, file), ...placeholders(statements)];
}

/** https://documentation.red-gate.com/flyway/reference/configuration/placeholders */
function placeholders(statements: readonly Statement[]): ToolRefusal[] {
  return statements.flatMap(({ index, sql }) => {
    const [name] = /\$\{[\w.-]+\}/.exec(sql) ?? [];
    const why = `no flyway.conf gives ${name} a value; if the application gives it one, rowproof cannot judge the statement`;
    return name === undefined ? [] : [{ statement: index, why }];
  });
}

function switches(statements: readonly Statement[], { transaction }: MigrationFile): ToolRefusal[] {
  if (transaction === 'none' || statements.length < 2) return [];
  const pragma = statements.find(({ sql }) => {
    const [first, second] = significantTokens(sql).map(({ text }) => text.toLowerCase());
    return first === 'pragma' && second === 'foreign_keys';
  });
  if (pragma === undefined) return [];
  return [
    {
      statement: pragma.index,
      why: 'Flyway refuses PRAGMA foreign_keys together with other statements in one transaction',
    },
  ];
}
