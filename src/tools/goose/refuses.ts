import type { Statement } from '../../model/history.ts';
import type { ToolRefusal } from '../../model/tool.ts';
import { lineRefusals } from '../line-statements.ts';

const marks = { begin: /^--\s*\+goose\s+StatementBegin\b/i, end: /^--\s*\+goose\s+StatementEnd\b/i };

/** Statements that goose's line rule cuts, and text that it leaves over. */
export function refuses(text: string, statements: readonly Statement[]): ToolRefusal[] {
  return lineRefusals('goose', text, statements, marks);
}
