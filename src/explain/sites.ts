import type { FailureSite } from '../model/facts.ts';
import type { Finding, FindingCode, FindingOf } from '../model/finding.ts';
import { isOf } from './rule.ts';

type Failing = FindingOf<'not-atomic'> | FindingOf<'fails-on-rows'>;

/** How many sites are told in words; JSON has all. */
const shownSites = 3;

/**
 * Tells failures of one cause in one migration as one finding: whoever corrects one of them looks at the others too. The
 * gravest is the finding, and the others stand in its `facts.sites`.
 * @param findings those of any number of migrations.
 */
export function foldSites(findings: readonly Finding[]): Finding[] {
  const groups = Map.groupBy(findings.filter(isFoldable), ({ migration, cause }) => JSON.stringify([migration, cause]));
  const heads = new Map<Finding, Finding>();
  const folded = new Set<Finding>();
  for (const group of groups.values()) {
    const [head, ...others] = group.toSorted(byGravity);
    if (head === undefined || others.length === 0) continue;
    heads.set(head, withSites(head, others));
    for (const other of others) folded.add(other);
  }
  return findings.filter((each) => !folded.has(each)).map((each) => heads.get(each) ?? each);
}

/** The orphans under declared keys have sites of their own, and an unknown cause may be two. */
function isFoldable(finding: Finding): finding is Failing {
  if (!isOf('not-atomic', finding) && !isOf('fails-on-rows', finding)) return false;
  const { severity, cause, code } = finding;
  return severity !== 'note' && cause !== code && cause !== 'orphans-under-declared-key';
}

/** The gravest first, then what leaves a half behind, then what shows by itself, then the first statement. */
function byGravity(a: Failing, b: Failing): number {
  return rank(a) - rank(b) || (a.statement ?? 0) - (b.statement ?? 0);
}

function rank(finding: Failing): number {
  const isBehind = isOf('fails-on-rows', finding) && finding.facts.behind === true;
  return (finding.severity === 'error' ? 0 : 4) + (isOf('not-atomic', finding) ? 0 : 2) + (isBehind ? 1 : 0);
}

function withSites(head: Failing, others: readonly Failing[]): Finding {
  const sites = others.map(toSite);
  const more = sites.length - shownSites;
  const told = {
    datasets: [...new Set([head, ...others].flatMap(({ datasets }) => datasets))],
    details: [
      ...head.details,
      ...sites.slice(0, shownSites).map((site) => describe(site, head)),
      ...(more > 0 ? [`So ${more === 1 ? 'does one more place' : `do ${more} more places`} of the migration.`] : []),
    ],
    consequences: consequencesOf(head, others),
  };
  return isOf('not-atomic', head)
    ? { ...head, ...told, facts: { ...head.facts, sites } }
    : { ...head, ...told, facts: { ...head.facts, sites } };
}

function consequencesOf(head: Failing, others: readonly Failing[]): FindingCode[] {
  const codes = others.flatMap(({ code, consequences }): FindingCode[] => [code, ...consequences]);
  return [...new Set([...head.consequences, ...codes])].filter((code) => code !== head.code);
}

function toSite({
  code,
  severity,
  migration,
  statement,
  line,
  table,
  message,
  datasets,
  hazards,
  faults,
}: Failing): FailureSite {
  const gravity = severity === 'error' ? 'error' : 'warning';
  return { code, severity: gravity, migration, statement, line, table, message, datasets, hazards, faults };
}

function describe({ statement, message, hazards }: FailureSite, head: Failing): string {
  const where = statement === head.statement ? 'The same statement' : `Statement ${statement ?? '?'}`;
  const [need, ...rest] = hazards;
  const others = rest.length > 0 ? ', or other rows' : '';
  return `${where} fails too: ${message}${need === undefined ? '' : `, with ${need.needs}${others}`}.`;
}
