import type { Difference } from '../model/comparison.ts';
import type { Side } from '../model/dataset.ts';
import type { CauseOf, FindingCode, FindingOf, FindingPlace, Severity } from '../model/finding.ts';
import type { Migration, Statement } from '../model/history.ts';
import type { Failure } from '../model/outcome.ts';
import { withoutWords } from '../sql/messages.ts';
import type { Topic } from './topic.ts';

/** The context of a difference that a rule needs. */
export interface RuleContext {
  readonly migration: Migration;
  readonly side: Side;
  /** Whether values of rows may appear: never those of a copy of production unless the user asked for them. */
  readonly showValues: boolean;
  /** The share of a table's rows, in percent, that a migration may delete on purpose; null where there is no limit. */
  readonly maxDeleted: number | null;
}

/** The statement of a migration with that number, or null. */
export function statementOf(migration: Migration, index: number | null): Statement | null {
  return migration.statements.find((statement) => statement.index === index) ?? null;
}

/** The statements of a migration before one of them; none where that is unknown. */
export function earlierThan(migration: Migration, statement: Statement | null): readonly Statement[] {
  return statement === null ? [] : migration.statements.filter(({ index }) => index < statement.index);
}

/** SQLite's message, or its code if the message may hold a value that must not be shown. */
export function shownMessage(
  failure: Pick<Failure, 'code' | 'message' | 'harmless'>,
  { showValues }: RuleContext,
): string {
  return showValues || failure.harmless ? failure.message : `${withoutWords(failure)}; --include-values shows them`;
}

/** The place of a finding in a migration. */
export function placeOf(migration: Migration, statement: Statement | null, table: string | null): FindingPlace {
  return {
    migration: migration.name,
    file: statement?.file ?? migration.file,
    line: statement?.line ?? null,
    statement: statement?.index ?? null,
    statements: migration.statements.length,
    sql: statement?.shown ?? statement?.sql ?? null,
    table,
  };
}

/** The place of a directive; a line of null stands for the config. */
export function placeOfDirective(migration: Migration, line: number | null, table: string | null): FindingPlace {
  return { ...placeOf(migration, null, table), line };
}

/** The content of a finding without its place. */
interface Said<C extends FindingCode> {
  readonly code: C;
  readonly cause: NoInfer<C | CauseOf<C>>;
  /** The topic of the cause. */
  readonly topic: Topic;
  readonly message: string;
  readonly details: readonly string[];
  readonly facts: FindingOf<C>['facts'];
  readonly severity?: Severity;
  readonly instead?: string | null;
  /** The differences that it is made of, for the rows that they are about. */
  readonly of?: readonly Pick<Difference, 'fault'>[];
}

/** Builds a finding from its place, the words of the rule, and the topic of its cause. */
export function finding<C extends FindingCode>(place: FindingPlace, side: Side, said: Said<C>): FindingOf<C> {
  const { topic } = said;
  return {
    ...place,
    code: said.code,
    cause: said.cause,
    severity: said.severity ?? topic.severity,
    datasets: [side],
    measuredOn: side,
    hazards: [],
    message: said.message,
    title: topic.title,
    details: said.details,
    why: topic.why,
    instead: said.instead ?? topic.instead,
    faults: said.of?.flatMap(({ fault }) => fault ?? []) ?? [],
    facts: said.facts,
    consequences: [],
  };
}
