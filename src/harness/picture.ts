import type { Side } from '../model/dataset.ts';
import type { Finding } from '../model/finding.ts';
import type { Migration } from '../model/history.ts';
import type { Outcome, State } from '../model/outcome.ts';
import type { Picture, PicturedTable, RowPoint, SchemaChange, SchemaStep } from '../model/picture.ts';
import type { Schema, SchemaObject } from '../model/schema.ts';

/** Collects the picture of a history, step by step. */
export interface PictureRecord {
  step(migration: Migration, outcomes: ReadonlyMap<Side, Outcome>): void;
  /** The picture, with the changes of schema by the migrations that the findings are of. */
  picture(findings: readonly Finding[]): Picture;
}

/** The states before and after a migration on one side. */
interface States {
  readonly before: State;
  readonly after: State;
}

/** Starts a picture. It keeps references to what the run has read anyway, and reads nothing itself. */
export function createPicture(): PictureRecord {
  const series = new Map<string, { readonly table: string; readonly dataset: Side; readonly points: RowPoint[] }>();
  const schemas = new Map<string, { readonly before: Schema; readonly after: Schema }>();
  let last: Schema | null = null;

  const count = (dataset: Side, table: string, point: RowPoint): void => {
    const key = JSON.stringify([dataset, table]);
    const known = series.get(key)?.points;
    const latest = known?.at(-1)?.after ?? null;
    if (point.before === latest && point.after === latest) return;
    if (known === undefined) series.set(key, { table, dataset, points: [point] });
    else known.push(point);
  };

  return {
    step: ({ name, position }, outcomes) => {
      for (const [side, outcome] of outcomes) {
        const states = statesOf(outcome);
        if (states === null) continue;
        const { before, after } = states;
        for (const table of new Set([...before.rows.keys(), ...after.rows.keys()])) {
          const numbers = { before: before.rows.get(table) ?? null, after: after.rows.get(table) ?? null };
          count(side, table, { position, ...numbers });
        }
      }
      const applied = [...outcomes.values()].find(({ status }) => status === 'applied');
      const states = applied === undefined ? null : statesOf(applied);
      if (states === null) return;
      schemas.set(name, { before: states.before.schema, after: states.after.schema });
      last = states.after.schema;
    },
    picture: (findings) => {
      const wanted = new Set(findings.map(({ migration }) => migration));
      const schema = [...schemas].flatMap(([migration, { before, after }]): SchemaStep[] =>
        wanted.has(migration) ? [{ migration, objects: changesBetween(before, after) }] : [],
      );
      return { schema, rows: [...series.values()], tables: (last?.tables ?? []).flatMap(pictured) };
    },
  };
}

function statesOf(outcome: Outcome): States | null {
  if (outcome.status === 'applied') return outcome;
  return outcome.status === 'failed' ? { before: outcome.before, after: outcome.before } : null;
}

function changesBetween(before: Schema, after: Schema): SchemaChange[] {
  const keyOf = ({ type, name }: SchemaObject): string => JSON.stringify([type, name]);
  const old = new Map(before.objects.map((object) => [keyOf(object), object]));
  const now = new Map(after.objects.map((object) => [keyOf(object), object]));
  // Objects without a text belong to the table that declares them.
  const written = [...old.values(), ...now.values()].filter(({ sql }) => sql !== null);
  const both = new Map(written.map((object) => [keyOf(object), object]));
  return [...both].flatMap(([key, { type, name }]) => {
    const texts = { before: old.get(key)?.sql ?? null, after: now.get(key)?.sql ?? null };
    return texts.before === texts.after ? [] : [{ type, name, ...texts }];
  });
}

function pictured({ name, kind, columns, primaryKey, foreignKeys }: Schema['tables'][number]): PicturedTable[] {
  if (kind === 'shadow') return [];
  const shown = columns.map((column) => ({
    name: column.name,
    type: column.type,
    isKey: primaryKey.includes(column.name),
  }));
  return [{ name, columns: shown, foreignKeys }];
}
