import { checksKeysAgain } from '../apply/strays.ts';
import { assumptionsAt, assumptionText, rulesOutSomething } from '../directives/assumptions.ts';
import { isCode } from '../explain/catalogue.ts';
import { directiveUnused } from '../explain/rules/directive-unused/rule.ts';
import { rules } from '../explain/rules/rules.ts';
import type { Judgement } from '../judge/judge.ts';
import type { Side } from '../model/dataset.ts';
import type { FindingOf } from '../model/finding.ts';
import type { Directive, Migration } from '../model/history.ts';
import type { Schema } from '../model/schema.ts';
import { foldName } from '../sql/quote.ts';
import type { Allowance } from './allowances.ts';

/** The directives in a run. */
export interface DirectiveUse {
  step(migration: Migration, judgement: Pick<Judgement, 'outcomes' | 'claims'>): void;
  /** The directives that had no effect, according to this run. */
  unused(): FindingOf<'directive-unused'>[];
  /** Of what the config accepts in every migration and has accepted nothing, that of which the run could tell; told at the last migration. */
  unusedAllowances(without: readonly Allowance[], ran: readonly Migration[]): FindingOf<'directive-unused'>[];
}

/**
 * Watches which directives have an effect.
 *
 * A claim is judged where its migration was applied on every side; one on rows, only in a run of all available
 * datasets, because its rows may belong to a dataset that was left out. An assumption is judged by the schemas from its
 * migration on: it has an effect if one of them has its column and allows the rows that it rules out; one on all foreign
 * keys, if they act and any migration checks declared keys again. The objects of skipped programs are unknown, so no
 * assumption is judged after one.
 * @param sides the columns of the run.
 * @param isComplete whether the run has all available datasets.
 * @param keysAct whether foreign keys are enforced.
 */
export function watchDirectives(
  migrations: readonly Migration[],
  sides: readonly Side[],
  isComplete: boolean,
  keysAct: boolean,
): DirectiveUse {
  const assuming = migrations.some(({ directives }) => directives.some(({ kind }) => kind === 'assume'));
  const used = new Set<Directive>();
  const judged = new Set<Directive>();
  // As in other findings, those with rows come first.
  const shown = [...sides.filter((side) => side !== 'empty'), ...sides.filter((side) => side === 'empty')];
  let isProgramSkipped = false;
  let areKeysChecked = false;
  let applied = 0;

  const assume = (position: number, moment: 'before' | 'after', schema: Schema): void => {
    const said = new Set<string>();
    for (const assumed of assumptionsAt(migrations, position, moment)) {
      const { directive, table, column, parent } = assumed;
      const text = foldName(JSON.stringify([directive.assumption, table, column, parent]));
      if (!isProgramSkipped) judged.add(directive);
      if (!said.has(text) && rulesOutSomething(assumed, schema)) used.add(directive);
      said.add(text);
    }
  };

  return {
    step: (migration, { outcomes, claims }) => {
      for (const claim of claims) used.add(claim);
      const baseline = outcomes.get('empty');
      isProgramSkipped ||= baseline?.status === 'skipped' || baseline?.status === 'blocked';
      if (assuming && baseline?.status === 'applied') {
        assume(migration.position, 'before', baseline.before.schema);
        assume(migration.position, 'after', baseline.after.schema);
      }
      if (baseline?.status === 'applied') {
        applied += 1;
        areKeysChecked ||= keysAct && checksKeysAgain(migration, baseline.before.schema);
      }
      if (!sides.every((side) => outcomes.get(side)?.status === 'applied')) return;
      for (const directive of migration.directives) {
        if (directive.kind === 'allow' && (isComplete || showsOnAnyRows(directive.code))) judged.add(directive);
      }
    },
    unused: () =>
      migrations.flatMap((migration) =>
        migration.directives.flatMap((directive) => {
          if (directive.kind === 'unread') return directiveUnused({ migration, table: null, ...directive }, shown);
          if (directive.kind === 'foreign-keys-off') return [];
          const isUnused =
            directive.kind === 'assume-keys'
              ? applied === migrations.length && !areKeysChecked
              : judged.has(directive) && !used.has(directive);
          if (!isUnused) return [];
          return directiveUnused({ migration, table: null, ...directive, text: textOf(directive) }, shown);
        }),
      ),
    unusedAllowances: (without, ran) => {
      const migration = ran.at(-1);
      if (migration === undefined || isProgramSkipped) return [];
      return without
        .filter(({ code }) => isComplete || showsOnAnyRows(code))
        .map(({ text, table }) => directiveUnused({ migration, kind: 'allow', text, table, line: null }, shown));
    },
  };
}

/** Whether any run can tell that a claim on the code has no effect. */
function showsOnAnyRows(code: string): boolean {
  return isCode(code) && !rules[code].dependsOnRows;
}

function textOf(directive: Exclude<Directive, { kind: 'foreign-keys-off' | 'unread' }>): string {
  if (directive.kind === 'assume-keys') return 'assume foreign keys hold';
  if (directive.kind === 'assume') return `assume ${assumptionText(directive)}`;
  const { code, table, column } = directive;
  return `allow ${code} ${table}${column === null ? '' : `.${column}`}`;
}
