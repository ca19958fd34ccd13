import type { ReportedFinding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { Reproduction } from '../model/reproduction.ts';
import type { Rewrite } from '../model/rewrite.ts';
import { printableJson } from '../text/json.ts';

/** The version of the JSON shape. Fields are added, never taken away or changed. */
const schemaVersion = 1;

/** The fields of a finding that programs get, in this order. */
const findingFields = [
  'code',
  'cause',
  'fingerprint',
  'severity',
  'migration',
  'file',
  'line',
  'statement',
  'frame',
  'table',
  'datasets',
  'measuredOn',
  'hazards',
  'message',
  'title',
  'details',
  'why',
  'instead',
  'faults',
  'facts',
  'consequences',
] as const satisfies readonly (keyof ReportedFinding)[];

/** The report as JSON with two spaces of indent and a final newline, the same whichever other formats are asked for. */
export function renderJson(given: Report): string {
  const { rowproof, findings, weighed, verdict, summary, copy, cost, forecast, picture: _drawn, ...report } = given;
  const shape = {
    rowproof,
    schemaVersion,
    ...report,
    findings: findings.map(toJson),
    weighed,
    verdict,
    copy,
    cost,
    forecast,
    summary,
  };
  return `${printableJson(JSON.stringify(shape, asJson, 2))}\n`;
}

function toJson(finding: ReportedFinding): object {
  const fields = Object.fromEntries(findingFields.map((field) => [field, finding[field]]));
  const { rewrite, reproduction } = finding;
  return {
    ...fields,
    rewrite: rewrite === undefined ? null : toRewrite(rewrite),
    reproduction: reproduction === undefined ? null : toReproduction(reproduction),
  };
}

/** Programs have the original file. */
function toRewrite({ original: _original, ...rewrite }: Rewrite): object {
  return rewrite;
}

/** The files of its folder say the same as the script. */
function toReproduction({ files: _files, ...reproduction }: Reproduction): object {
  return reproduction;
}

/** JSON has neither integers beyond 2^53 nor bytes: they become texts. */
function asJson(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`;
  return value;
}

/** The reason why there is no report, as JSON. @param error the fields of a HarnessError. */
export function renderJsonError({ code, message, remedy, facts }: JsonError, rowproof: string): string {
  const shape = { rowproof, schemaVersion, error: { code, message, remedy, facts } };
  return `${printableJson(JSON.stringify(shape, asJson, 2))}\n`;
}

/** The fields of an error for programs. */
type JsonError = Readonly<Record<'code' | 'message', string>> & {
  readonly remedy: string | null;
  readonly facts: Readonly<Record<string, string | number>>;
};
