import type { Report } from '../../model/report.ts';
import { type Mark, readAllLines } from '../table.ts';
import { remarksOf } from '../weighed-text.ts';
import { type FindingData, toFindingData } from './finding-data.ts';
import { type PictureData, toPictureData } from './picture-data.ts';
import { createTexts, type TextRef } from './texts.ts';

/** A row of the map: a migration, with the letter of its mark on each dataset. */
export interface LineData {
  readonly name: TextRef;
  readonly marks: string;
}

/** All that the page shows and filters. Texts stand in one table, and everything else refers to it. */
export interface PageData {
  readonly texts: readonly string[];
  readonly datasets: readonly string[];
  readonly lines: readonly LineData[];
  readonly findings: readonly FindingData[];
  readonly notes: readonly TextRef[];
  /** Null where the run did not collect it. */
  readonly picture: PictureData | null;
}

const letters: Readonly<Record<Mark, string>> = {
  clean: 'c',
  error: 'e',
  warning: 'w',
  unjudged: 'u',
  blocked: 'b',
  skipped: 's',
  'not-run': 'n',
};

/** The data of a report's page. */
export function toPageData(report: Report): PageData {
  const texts = createTexts();
  const findings = report.findings.map((finding) => toFindingData(finding, report.datasets, texts));
  const lines = readAllLines(report).map(({ migration, marks }) => ({
    name: texts.add(migration),
    marks: marks.map((mark) => letters[mark]).join(''),
  }));
  const notes = remarksOf(report).map(({ text }) => texts.add(text));
  const picture = report.picture === undefined ? null : toPictureData(report.picture, report.datasets, texts);
  return { texts: texts.all, datasets: report.datasets, lines, findings, notes, picture };
}
