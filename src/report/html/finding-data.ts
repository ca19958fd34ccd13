import { shownValue } from '../../explain/format.ts';
import type { Side } from '../../model/dataset.ts';
import type { Fault } from '../../model/fault.ts';
import type { ReportedFinding } from '../../model/finding.ts';
import { askTexts, messageText, needsText, placeText, statementText } from '../finding-text.ts';
import { diffLines, rewriteTexts } from '../rewrite-text.ts';
import type { TextRef, TextTable } from './texts.ts';

/** A table of the page: its caption, its columns, and its rows, whose last two cells are before and after. */
export interface RowsData {
  readonly caption: TextRef;
  readonly columns: readonly TextRef[];
  readonly rows: readonly (readonly TextRef[])[];
}

/** A finding as the page shows it; what is empty is left out. */
export interface FindingData {
  readonly id: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly code: string;
  readonly cause: string;
  readonly migration: TextRef;
  readonly title: TextRef;
  readonly message: TextRef;
  /** Positions in the list of datasets. */
  readonly datasets: readonly number[];
  readonly table?: TextRef;
  readonly place?: TextRef;
  readonly statement?: TextRef;
  readonly sql?: TextRef;
  readonly frame?: { readonly first: number; readonly line: number; readonly end: number; readonly text: TextRef };
  readonly details?: readonly TextRef[];
  readonly needs?: TextRef;
  readonly why?: TextRef;
  readonly instead?: TextRef;
  readonly asks?: readonly TextRef[];
  readonly rows?: readonly RowsData[];
  /** How the work of the statement grows with the rows: instructions of SQLite at each size, and the powers without and with an index. */
  readonly growth?: {
    readonly rows: readonly number[];
    readonly steps: readonly number[];
    readonly exponent: number;
    readonly withIndex: number | null;
  };
  /** The smallest script that shows it. */
  readonly script?: TextRef;
  /** The corrected file, what is said of it, and the lines that differ. */
  readonly rewrite?: { readonly text: TextRef; readonly told: readonly TextRef[]; readonly diff: TextRef };
}

/** A finding with its texts put into the table of texts. */
export function toFindingData(finding: ReportedFinding, sides: readonly Side[], texts: TextTable): FindingData {
  const { severity, code, cause, migration, table, sql, frame, title, details, why, instead } = finding;
  const { reproduction, rewrite } = finding;
  const needs = needsText(finding);
  const place = placeText(finding);
  const statement = statementText(finding);
  const asks = askTexts(finding);
  const rows = rowsOf(finding, texts);
  return {
    id: finding.fingerprint,
    ...{ severity, code, cause },
    migration: texts.add(migration),
    title: texts.add(title),
    message: texts.add(messageText(finding)),
    datasets: finding.datasets.map((side) => sides.indexOf(side)),
    ...(table !== null && { table: texts.add(table) }),
    ...(place !== '' && { place: texts.add(place) }),
    ...(statement !== null && { statement: texts.add(statement) }),
    ...(frame === undefined && sql !== null && { sql: texts.add(sql) }),
    ...(frame !== undefined && {
      frame: { first: frame.first, line: frame.line, end: frame.end, text: texts.add(frame.lines.join('\n')) },
    }),
    ...(details.length > 0 && { details: details.map(texts.add) }),
    ...(needs !== null && { needs: texts.add(needs) }),
    // A note gives a number and needs neither explanation nor advice.
    ...(severity !== 'note' && { why: texts.add(why), instead: texts.add(instead) }),
    ...(severity !== 'note' && asks.length > 0 && { asks: asks.map(texts.add) }),
    ...(rows.length > 0 && { rows }),
    ...growthOf(finding),
    ...(reproduction !== undefined && { script: texts.add(reproduction.script) }),
    ...(rewrite !== undefined && {
      rewrite: {
        text: texts.add(rewrite.text),
        told: rewriteTexts(finding).map(texts.add),
        diff: texts.add(diffLines(finding).join('\n')),
      },
    }),
  };
}

function growthOf(finding: ReportedFinding): Pick<FindingData, 'growth'> {
  if (finding.code !== 'slow-growth') return {};
  const { rows, steps, exponent, index } = finding.facts;
  return { growth: { rows, steps, exponent, withIndex: index?.exponent ?? null } };
}

/** The numbers of rows before and after, and the rows that are known by a key or a value. */
function rowsOf(finding: ReportedFinding, texts: TextTable): RowsData[] {
  const isLoss = finding.code === 'rows-lost';
  const counts = finding.code === 'rows-lost' ? finding.facts.tables : [];
  const numbers = counts.map(({ table, before, after }) => [table, String(before), String(after)].map(texts.add));
  const lists = finding.faults.flatMap((fault) => {
    const data = faultRows(fault, isLoss ? 'gone' : '', texts);
    return data === null ? [] : [data];
  });
  if (numbers.length === 0) return lists;
  const columns = ['table', 'rows before', 'rows after'].map(texts.add);
  return [{ caption: texts.add('Rows of each table'), columns, rows: numbers }, ...lists];
}

function faultRows({ table, rows, of, keys, changes }: Fault, end: string, texts: TextTable): RowsData | null {
  const caption = texts.add(`${rows} of ${of} rows of ${table}${rows > keys.rows.length ? ', the first of them' : ''}`);
  const keyCells = (i: number): string[] => keys.columns.map((_, j) => shownValue(keys.rows[i]?.[j] ?? null));
  if (changes !== undefined && changes.length > 0) {
    const columns = [...keys.columns, 'column', 'before', 'after'].map(texts.add);
    const cells = changes.map(({ column, before, after }, i) =>
      [...keyCells(i), column, shownValue(before), shownValue(after)].map(texts.add),
    );
    return { caption, columns, rows: cells };
  }
  if (keys.rows.length === 0) return null;
  const columns = [...keys.columns, ...(end === '' ? [] : ['after'])].map(texts.add);
  const cells = keys.rows.map((_, i) => [...keyCells(i), ...(end === '' ? [] : [end])].map(texts.add));
  return { caption, columns, rows: cells };
}
