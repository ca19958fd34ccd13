import type { Side } from '../../../model/dataset.ts';
import type { BrokenDrill } from '../../../model/drill.ts';
import type { Finding, FindingOf } from '../../../model/finding.ts';
import type { Migration } from '../../../model/history.ts';
import type { Runner } from '../../../model/tool.ts';
import { finding, placeOf, statementOf } from '../../context.ts';
import { counted } from '../../format.ts';
import { inTermsOf } from '../../keys-off.ts';
import type { Rule } from '../../rule.ts';
import { drillCauses, faultWords } from './causes.ts';

/** The names that a message lists. */
const listedNames = 6;

/** The terms of a drill. */
export interface DrillTerms {
  readonly migrations: readonly Migration[];
  readonly runner: Runner;
  readonly side: Side;
  /** Whether values of rows may appear. */
  readonly showValues: boolean;
}

/** Explains the faults that broke the law: one finding for each migration and cause. */
export function explainDrill(broken: readonly BrokenDrill[], terms: DrillTerms): Finding[] {
  const inOrder = [...broken].sort((one, other) => one.position - other.position);
  const groups = Map.groupBy(inOrder, ({ position, cause }) => `${position} ${cause}`);
  const findings = [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [failsDrill([first, ...others], terms)],
  );
  return findings.flatMap((each) => each ?? []);
}

function failsDrill(
  group: readonly [BrokenDrill, ...BrokenDrill[]],
  { migrations, runner, side, showValues }: DrillTerms,
): FindingOf<'fails-drill'> | null {
  const [first] = group;
  const migration = migrations.find(({ position }) => position === first.position);
  if (migration === undefined) return null;
  const topic = drillCauses[first.cause];
  const statement = group.find((each) => each.statement !== null)?.statement ?? null;
  const kinds = [...Map.groupBy(group, ({ kind }) => kind)];
  const found = finding(placeOf(migration, statementOf(migration, statement), null), side, {
    code: 'fails-drill',
    cause: first.cause,
    topic,
    message: messageOf(first, showValues),
    details: kinds.flatMap(([kind, [one, ...more]]) =>
      one === undefined
        ? []
        : [
            `${counted(more.length + 1, 'fault')} of ${kind} (${faultWords[kind]}), the first ${one.moment}: --replay '${one.id}'`,
          ],
    ),
    facts: {
      faults: kinds.flatMap(([kind, [one, ...more]]) =>
        one === undefined ? [] : [{ kind, number: more.length + 1, replay: one.id }],
      ),
      left: first.left,
    },
  });
  return { ...found, instead: inTermsOf(runner, found.instead) };
}

function messageOf({ moment, left, retry }: BrokenDrill, showValues: boolean): string {
  const names = left.slice(0, listedNames).join(', ');
  const more = left.length > listedNames ? ` and ${left.length - listedNames} more` : '';
  const found = left.length === 0 ? '' : `; the database then differs in this: ${names}${more}`;
  const said = retry === null ? '' : `; the next run fails${showValues ? `: ${retry}` : ''}`;
  return `The migrator was disturbed ${moment}${found}${said}`;
}

/** The rule of `fails-drill`, which no difference becomes. */
export const failsDrillRule = {
  code: 'fails-drill',
  topic: drillCauses['half-applied'],
  causes: drillCauses,
  dependsOnRows: false,
  objects: ({ cause }) => [cause],
  readings: {},
} satisfies Rule<'fails-drill'>;
