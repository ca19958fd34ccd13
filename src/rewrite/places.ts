import type { Finding } from '../model/finding.ts';
import type { Verb } from '../model/history.ts';
import type { Schema, Table } from '../model/schema.ts';
import { readDefinitions } from '../sql/definitions.ts';
import { namedColumns } from '../sql/named-columns.ts';
import { sameName } from '../sql/quote.ts';
import type { Span } from './insert-parts.ts';
import { type Edit, type MigrationText, type PlacedStatement, within } from './migration-text.ts';
import { type Rebuild, readRebuilds } from './rebuilds.ts';
import type { RewriteContext } from './recipe.ts';

/** The statement that a finding comes from, if it has one of the verbs; else null. */
export function statementOf(
  { statement }: Finding,
  { statements }: MigrationText,
  ...verbs: readonly Verb[]
): PlacedStatement | null {
  const found = statements.find(({ index }) => index === statement);
  return found === undefined || (verbs.length > 0 && !verbs.includes(found.head.verb)) ? null : found;
}

/** Takes a part out of a statement, with the space before it. */
export function withoutSpan(statement: PlacedStatement, { start, end }: Span): Edit {
  const space = /\s*$/.exec(statement.sql.slice(0, start))?.[0].length ?? 0;
  return within(statement, start - space, end, '');
}

/** The rebuild that a statement belongs to; null where it belongs to none. */
export function rebuildOf({ statement }: Finding, { statements }: MigrationText): Rebuild | null {
  const index = statement ?? -1;
  const isPart = (rebuild: Rebuild): boolean =>
    [rebuild.create, rebuild.copy, rebuild.drop, rebuild.rename].some((each) => each?.index === index);
  return readRebuilds(statements).find(isPart) ?? null;
}

/** The rebuild of a table; null without one. */
export function rebuildOfTable(table: string | null, { statements }: MigrationText): Rebuild | null {
  return readRebuilds(statements).find(({ name }) => table !== null && sameName(name, table)) ?? null;
}

/** The table of a name in a schema. */
export function tableIn(schema: Schema | null, name: string | null): Table | null {
  return schema?.tables.find((table) => name !== null && sameName(table.name, name)) ?? null;
}

/** The columns that SQLite's message names; empty where it names none of the table that the statement writes. */
export function columnsInMessage(context: RewriteContext): readonly string[] {
  const { finding, file, before, after } = context;
  const target = statementOf(finding, file)?.head.target ?? null;
  if (target === null) return [];
  const made = rebuildOf(finding, file)?.create.sql ?? '';
  const names = [
    ...readDefinitions(made).flatMap(({ column }) => column ?? []),
    ...[before, after].flatMap((schema) => tableIn(schema, target)?.columns.map(({ name }) => name) ?? []),
  ];
  return namedColumns(finding.message, target, names) ?? [];
}

/** The one column that SQLite's message names; null where it does not. */
export function columnInMessage(context: RewriteContext): string | null {
  const [only, ...others] = columnsInMessage(context);
  return others.length === 0 ? (only ?? null) : null;
}
