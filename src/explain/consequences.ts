import type { Finding, FindingCode, FindingOf } from '../model/finding.ts';
import { isOf } from './rule.ts';
import { isKeyActing } from './rules/pragma-without-effect/rule.ts';

/**
 * Tells what follows from one cause in one migration with the finding that says most about the data: a PRAGMA without effect
 * with the rows that it was to protect, and a key to a table that is gone with the failure to drop that table.
 * @param findings those of any number of migrations.
 */
export function foldConsequences(findings: readonly Finding[]): Finding[] {
  const told = new Map<Finding, Finding[]>();
  for (const each of findings) {
    const head = headOf(each, findings);
    if (head !== undefined) told.set(head, [...(told.get(head) ?? []), each]);
  }
  const folded = new Set([...told.values()].flat());
  return findings
    .filter((each) => !folded.has(each))
    .map((head) => (told.get(head) ?? []).reduce<Finding>(withConsequence, head));
}

/** The finding of the same migration that a consequence is told with. */
function headOf(each: Finding, findings: readonly Finding[]): Finding | undefined {
  const own = findings.filter(({ migration, severity }) => migration === each.migration && severity !== 'note');
  if (isOf('pragma-without-effect', each) && each.severity === 'error') {
    const acting = own.filter(isKeyActing);
    return acting.find(({ severity }) => severity === 'error') ?? acting[0];
  }
  if (isOf('object-broken', each) && each.cause === 'parent-gone' && each.facts.objects.every(isAtItsStatement(each)))
    return own.find(({ cause, statement }) => cause === 'parent-dropped' && statement === each.statement);
  return undefined;
}

function isAtItsStatement({
  statement,
}: Finding): (part: FindingOf<'object-broken'>['facts']['objects'][number]) => boolean {
  return (part) => part.statement === statement;
}

function withConsequence(head: Finding, { code, message, consequences }: Finding): Finding {
  const codes: readonly FindingCode[] = [...head.consequences, code, ...consequences];
  // Other messages begin with the name of a table.
  const told =
    code === 'pragma-without-effect' ? `${message.charAt(0).toUpperCase()}${message.slice(1)}.` : `${message}.`;
  return { ...head, details: [...head.details, told], consequences: [...new Set(codes)] };
}
