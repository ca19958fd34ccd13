import type { FindingCode } from '../../model/finding.ts';
import type { Rule, RuleReading } from '../rule.ts';
import { autoincrementResetRule } from './autoincrement-reset/rule.ts';
import { budgetExceededRule } from './budget-exceeded/rule.ts';
import { constraintDroppedRule } from './constraint-dropped/rule.ts';
import { directiveUnusedRule } from './directive-unused/rule.ts';
import { failsDrillRule } from './fails-drill/rule.ts';
import { failsOnEmptyRule } from './fails-on-empty/rule.ts';
import { failsOnRowsRule } from './fails-on-rows/rule.ts';
import { historyEditedRule } from './history-edited/rule.ts';
import { indexDroppedRule } from './index-dropped/rule.ts';
import { invariantBrokenRule } from './invariant-broken/rule.ts';
import { needsNewerSqliteRule } from './needs-newer-sqlite/rule.ts';
import { notAtomicRule } from './not-atomic/rule.ts';
import { notRerunnableRule } from './not-rerunnable/rule.ts';
import { objectBrokenRule } from './object-broken/rule.ts';
import { oldQueryBreaksRule } from './old-query-breaks/rule.ts';
import { orphansCreatedRule } from './orphans-created/rule.ts';
import { pragmaWithoutEffectRule } from './pragma-without-effect/rule.ts';
import { refusedByToolRule } from './refused-by-tool/rule.ts';
import { rowsAddedRule } from './rows-added/rule.ts';
import { rowsDuplicatedRule } from './rows-duplicated/rule.ts';
import { rowsLostRule } from './rows-lost/rule.ts';
import { rowsUnreadableRule } from './rows-unreadable/rule.ts';
import { schemaDiffersRule } from './schema-differs/rule.ts';
import { searchIndexStaleRule } from './search-index-stale/rule.ts';
import { skippedMigrationRule } from './skipped-migration/rule.ts';
import { slowGrowthRule } from './slow-growth/rule.ts';
import { triggerDroppedRule } from './trigger-dropped/rule.ts';
import { upgradeDiffersRule } from './upgrade-differs/rule.ts';
import { valuesChangedRule } from './values-changed/rule.ts';
import { valuesDroppedRule } from './values-dropped/rule.ts';
import { viewDiffersRule } from './view-differs/rule.ts';
import { withoutEffectRule } from './without-effect/rule.ts';

const list = {
  'fails-on-rows': failsOnRowsRule,
  'fails-on-empty': failsOnEmptyRule,
  'schema-differs': schemaDiffersRule,
  'rows-lost': rowsLostRule,
  'rows-duplicated': rowsDuplicatedRule,
  'rows-added': rowsAddedRule,
  'values-changed': valuesChangedRule,
  'values-dropped': valuesDroppedRule,
  'without-effect': withoutEffectRule,
  'view-differs': viewDiffersRule,
  'slow-growth': slowGrowthRule,
  'budget-exceeded': budgetExceededRule,
  'autoincrement-reset': autoincrementResetRule,
  'orphans-created': orphansCreatedRule,
  'not-atomic': notAtomicRule,
  'not-rerunnable': notRerunnableRule,
  'fails-drill': failsDrillRule,
  'history-edited': historyEditedRule,
  'invariant-broken': invariantBrokenRule,
  'rows-unreadable': rowsUnreadableRule,
  'search-index-stale': searchIndexStaleRule,
  'object-broken': objectBrokenRule,
  'constraint-dropped': constraintDroppedRule,
  'index-dropped': indexDroppedRule,
  'trigger-dropped': triggerDroppedRule,
  'refused-by-tool': refusedByToolRule,
  'pragma-without-effect': pragmaWithoutEffectRule,
  'needs-newer-sqlite': needsNewerSqliteRule,
  'skipped-migration': skippedMigrationRule,
  'upgrade-differs': upgradeDiffersRule,
  'old-query-breaks': oldQueryBreaksRule,
  'directive-unused': directiveUnusedRule,
};

/** The rules by code, in the order in which documents list them. A code without a rule does not compile. */
export const rules: { readonly [C in FindingCode]: Rule<C> } = list;

type ReadKind = { [C in FindingCode]: keyof (typeof list)[C]['readings'] }[FindingCode];

/** The code of the findings that differences of a kind become. A kind without a rule does not compile. */
export function codeOf(kind: ReadKind): FindingCode {
  return found(kind).code;
}

/** How differences of a kind are read. */
export function readingOf<K extends ReadKind>(kind: K): RuleReading<K> {
  return found(kind).reading;
}

function found<K extends ReadKind>(kind: K): { readonly code: FindingCode; readonly reading: RuleReading<K> } {
  for (const { code, readings } of Object.values(rules)) {
    const reading: RuleReading<K> | undefined = readings[kind];
    if (reading !== undefined) return { code, reading };
  }
  // The type of `kind` is made of what the rules read.
  throw new Error(`No rule reads ${kind}.`);
}
