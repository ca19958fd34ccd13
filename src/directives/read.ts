// This room reads `-- rowproof:` comments, and knows which rows an assumption rules out.
import { HarnessError } from '../errors.ts';
import type { Assumption, Directive } from '../model/history.ts';
import { isBlank, tokens } from '../sql/tokens.ts';

const mark = /^--\s*rowproof:\s*(.*?)\s*$/;
const reasoned = /^(.*?)\s+--\s*(\S.*)$/;
const allow = /^allow\s+([a-z-]+)\s+([^\s.]+)(?:\.(\S+))?$/;
const assume =
  /^assume\s+([^\s.]+)\.(\S+)\s+(is not null|is unique|is valid json|is integer|has parent)(?:\s+([^\s.]+)\.(\S+))?$/;

/**
 * Reads the `-- rowproof:` comments at the head of a file: `foreign_keys=off`, `allow CODE TABLE[.COLUMN] -- reason`,
 * `assume TABLE.COLUMN CONDITION -- reason`, `assume foreign keys hold -- reason`.
 * @throws HarnessError `bad-directive` for one that is not understood, has no reason, or stands below the first
 * statement, where readers would miss it.
 */
export function readDirectives(sql: string, file: string): Directive[] {
  const directives: Directive[] = [];
  let line = 1;
  let head = true;
  for (const token of tokens(sql)) {
    const text = sql.slice(token.start, token.end);
    const body = token.kind === 'comment' ? mark.exec(text)?.[1] : undefined;
    if (body !== undefined) {
      if (!head)
        throw refused(
          file,
          `${file}:${line}`,
          body,
          'Directives stand at the head of a file, above its first statement.',
        );
      directives.push(readDirective(body, file, line, `${file}:${line}`));
    } else if (token.kind === 'comment') directives.push(...readUnread(text, line));
    if (!isBlank(token)) head = false;
    line += countNewlines(text);
  }
  return directives;
}

/** A comment whose author meant a directive: other letters, no colon, or the other kind of comment. */
function readUnread(comment: string, line: number): Directive[] {
  const [, colon = '', body = ''] = /^(?:--|\/\*)\s*rowproof\s*(:?)\s*(.*?)\s*(?:\*\/)?$/is.exec(comment) ?? [];
  if (body === '' || (colon === '' && !/^(?:allow|assume)\s|^foreign_keys\s*=/i.test(body))) return [];
  const words = body.replaceAll(/\s+/g, ' ');
  return [{ kind: 'unread', text: comment.trim().replaceAll(/\s+/g, ' '), form: `-- rowproof: ${words}`, line }];
}

/** `sql` without its `-- rowproof:` lines: the text for the hash of a migration. */
export function withoutDirectives(sql: string): string {
  return sql
    .split('\n')
    .filter((line) => !mark.test(line.trim()))
    .join('\n');
}

/**
 * Reads a directive, without the words before it.
 * @param file what to call its file in facts.
 * @param line null outside of a migration.
 * @param place what to call its place in messages.
 * @throws HarnessError `bad-directive`
 */
export function readDirective(body: string, file: string, line: number | null, place: string): Directive {
  if (/^foreign_keys\s*=\s*off$/i.test(body)) return { kind: 'foreign-keys-off', line };
  const withReason = reasoned.exec(body);
  const [, claim = body, reason = ''] = withReason ?? [];
  const allowed = allow.exec(claim);
  const assumed = assume.exec(claim);
  const areKeysHeld = /^assume\s+foreign\s+keys\s+hold$/.test(claim);
  if (allowed === null && assumed === null && !areKeysHeld) throw refused(file, place, body, grammar);
  if (reason === '') throw refused(file, place, body, 'Give the reason after a second `--`.');
  if (areKeysHeld) return { kind: 'assume-keys', reason, line };
  if (allowed !== null) {
    const [, code = '', table = '', column = null] = allowed;
    return { kind: 'allow', code, table, column, reason, line };
  }
  const [, table = '', column = '', words = '', parentTable, parentColumn] = assumed ?? [];
  const assumption = assumptions.find((known) => known === words);
  if (assumption === undefined || (assumption === 'has parent') !== (parentTable !== undefined))
    throw refused(file, place, body, grammar);
  const parent =
    parentTable === undefined || parentColumn === undefined ? null : { table: parentTable, column: parentColumn };
  return { kind: 'assume', table, column, assumption, parent, reason, line };
}

/**
 * Reads what is accepted in a whole history: `allow CODE [TABLE] -- reason`.
 * @throws HarnessError `bad-directive`
 */
export function readAllowance(
  line: string,
  place: string,
): { readonly code: string; readonly table: string | null; readonly reason: string } {
  const body = withoutMark(line);
  const [, claim = body, reason = ''] = reasoned.exec(body) ?? [];
  const [, code, table = null] = /^allow\s+([a-z-]+)(?:\s+([^\s.]+))?$/.exec(claim) ?? [];
  if (code === undefined) throw refused('the config', place, body, 'Write `allow CODE [TABLE] -- reason`.');
  if (reason === '') throw refused('the config', place, body, 'Give the reason after a second `--`.');
  return { code, table, reason };
}

/** Users may copy a whole comment. */
export function withoutMark(text: string): string {
  return text.trim().replace(/^--\s*rowproof:\s*/, '');
}

const assumptions: readonly Assumption[] = ['is not null', 'is unique', 'is valid json', 'is integer', 'has parent'];

const grammar =
  'Write `foreign_keys=off`, `allow CODE TABLE[.COLUMN] -- reason`, `assume foreign keys hold -- reason`, or `assume TABLE.COLUMN is not null | is unique | is valid json | is integer | has parent TABLE.COLUMN -- reason`.';

function refused(file: string, place: string, body: string, remedy: string): HarnessError {
  return new HarnessError('bad-directive', `${place}: the directive "${body}" is not understood.`, {
    remedy,
    facts: { file, place },
  });
}

function countNewlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
