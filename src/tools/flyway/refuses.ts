import type { Statement } from '../../model/history.ts';
import type { ToolRefusal } from '../../model/tool.ts';
import { significantTokens } from '../../sql/tokens.ts';
import type { MigrationFile } from '../tool.ts';

/** Flyway refuses a file that holds PRAGMA foreign_keys and anything else, unless the file is kept out of a transaction. */
export function refuses(
  _text: string,
  statements: readonly Statement[],
  { transaction }: MigrationFile,
): ToolRefusal[] {
  if (transaction === 'none' || statements.length < 2) return [];
  const pragma = statements.find(({ sql }) => {
    const [first, second] = significantTokens(sql).map(({ text }) => text.toLowerCase());
    return first === 'pragma' && second === 'foreign_keys';
  });
  if (pragma === undefined) return [];
  return [
    { statement: pragma.index, why: 'Flyway refuses PRAGMA foreign_keys beside other statements in one transaction' },
  ];
}
