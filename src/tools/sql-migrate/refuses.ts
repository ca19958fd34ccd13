import type { Statement } from '../../model/history.ts';
import type { ToolRefusal } from '../../model/tool.ts';
import { lineRefusals } from '../line-statements.ts';

const marks = { begin: /^--\s*\+migrate\s+StatementBegin\b/, end: /^--\s*\+migrate\s+StatementEnd\b/ };

/** Statements that sql-migrate's line rule cuts, and text that it leaves over. https://github.com/rubenv/sql-migrate */
export function refuses(text: string, statements: readonly Statement[]): ToolRefusal[] {
  return lineRefusals('sql-migrate', text, statements, marks);
}
