import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';

/** The version of the JSON shape. Fields are added, never taken away or changed. */
const schemaVersion = 1;

/** The report as JSON with two spaces of indent and a final newline. */
export function renderJson(report: Report): string {
  const { rowproof, command, directory, settings, seed, gate, steps, findings, notes, summary } = report;
  const shape = {
    rowproof,
    schemaVersion,
    command,
    directory,
    settings,
    seed,
    gate,
    steps,
    findings: findings.map(toJson),
    notes,
    summary,
  };
  return `${JSON.stringify(shape, asJson, 2)}\n`;
}

function toJson(finding: Finding): object {
  const {
    code,
    cause,
    severity,
    migration,
    file,
    line,
    statement,
    table,
    datasets,
    message,
    title,
    details,
    why,
    instead,
    facts,
  } = finding;
  return {
    code,
    cause,
    severity,
    migration,
    file,
    line,
    statement,
    table,
    datasets,
    message,
    title,
    details,
    why,
    instead,
    facts,
  };
}

/** JSON has neither integers beyond 2^53 nor bytes: they become texts. */
function asJson(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`;
  return value;
}
