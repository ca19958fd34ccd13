import XMLBuilder from 'fast-xml-builder';
import type { Side } from '../model/dataset.ts';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { Verdict } from '../model/verdict.ts';
import { onOneLine } from '../sql/quote.ts';
import { paragraphsOf, placeText } from './finding-text.ts';
import { printable } from './printable.ts';
import { verdictWord } from './verdict-text.ts';

/** A migration on a dataset, with what was found there. */
interface Case {
  readonly migration: string;
  readonly skipped: boolean;
  readonly failures: readonly Finding[];
  readonly remarks: readonly Finding[];
}

/**
 * The report as JUnit XML, which most CI servers read: a suite for each dataset, a test for each migration. Errors are
 * failures; warnings and notes are the output of their test. The verdict of a gate is a suite with one test, so that a CI
 * server that counts failures agrees with it. https://github.com/testmoapp/junitxml
 */
export function renderJunit(report: Report): string {
  const suites = report.datasets.map((side) => ({ side, cases: casesOf(report, side) }));
  const total = (count: (each: Case) => boolean): number =>
    suites.reduce((sum, { cases }) => sum + cases.filter(count).length, 0);
  const { verdict } = report;
  const document = {
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: {
      '@name': 'rowproof',
      '@tests': total(() => true) + (verdict === null ? 0 : 1),
      '@failures': total(isFailed) + (verdict?.go === false ? 1 : 0),
      '@skipped': total(({ skipped }) => skipped),
      testsuite: [
        ...suites.map(({ side, cases }) => toSuite(report, side, cases)),
        ...(verdict === null ? [] : [verdictSuite(report, verdict)]),
      ],
    },
  };
  const builder = new XMLBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    format: true,
    suppressEmptyNode: true,
    processEntities: true,
  });
  return `${builder.build(document).trimEnd()}\n`;
}

function isFailed({ failures }: Case): boolean {
  return failures.length > 0;
}

function toSuite({ directory }: Report, side: Side, cases: readonly Case[]): object {
  return {
    '@name': side,
    '@tests': cases.length,
    '@failures': cases.filter(isFailed).length,
    '@skipped': cases.filter(({ skipped }) => skipped).length,
    testcase: cases.map(({ migration, skipped, failures, remarks }) => ({
      '@name': printable(migration),
      '@classname': `${printable(directory)} ${side}`,
      ...(skipped && { skipped: '' }),
      ...(failures.length > 0 && { failure: failures.map((finding) => toFailure(finding, side)) }),
      ...(remarks.length > 0 && { 'system-out': remarks.map((finding) => told(finding, side)).join('\n\n') }),
    })),
  };
}

function verdictSuite({ directory }: Report, verdict: Verdict): object {
  const [word, because] = [verdictWord(verdict), printable(verdict.because)];
  return {
    '@name': 'gate',
    '@tests': 1,
    '@failures': verdict.go ? 0 : 1,
    '@skipped': 0,
    properties: { property: { '@name': 'verdict', '@value': word } },
    testcase: {
      '@name': 'verdict',
      '@classname': `${printable(directory)} gate`,
      ...(verdict.go
        ? { 'system-out': `${word}: ${because}.` }
        : { failure: { '@type': word, '@message': because, '#text': `${word}: ${because}.` } }),
    },
  };
}

function toFailure(finding: Finding, side: Side): object {
  return { '@type': finding.code, '@message': printable(finding.message), '#text': told(finding, side) };
}

/** All that there is to say, on the first dataset that shows it; the others refer to that one. */
function told(finding: Finding, side: Side): string {
  const [first = side] = finding.datasets;
  const head = `${finding.severity}: ${printable(finding.migration)} ${finding.title}`;
  if (first !== side) return `${head}: the same as on ${first}`;
  const sql = finding.sql === null ? [] : [printable(onOneLine(finding.sql))];
  return [head, placeText(finding), ...sql, ...paragraphsOf(finding)].filter((line) => line !== '').join('\n');
}

function casesOf({ steps, findings }: Report, side: Side): Case[] {
  const own = findings.filter(({ datasets }) => datasets.includes(side));
  const outcomes = new Map(
    steps.filter(({ dataset }) => dataset === side).map(({ migration, outcome }) => [migration, outcome]),
  );
  // A finding that belongs to no step, such as one on a ledger, is a test of its own.
  const names = new Set([...outcomes.keys(), ...own.map(({ migration }) => migration)]);
  return [...names].map((migration) => {
    const found = own.filter((finding) => finding.migration === migration);
    const outcome = outcomes.get(migration) ?? 'applied';
    return {
      migration,
      skipped: outcome !== 'applied' && outcome !== 'failed',
      failures: found.filter(({ severity }) => severity === 'error'),
      remarks: found.filter(({ severity }) => severity !== 'error'),
    };
  });
}
