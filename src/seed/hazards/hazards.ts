import { hazardSorts } from '../../hazards/hazards.ts';
import type { SqlValue } from '../../model/connection.ts';
import type { RowSink } from '../../model/dataset.ts';
import type { Childless, Hazard, HazardRow, Hazards } from '../../model/hazard.ts';
import type { Migration } from '../../model/history.ts';
import type { Schema, Table } from '../../model/schema.ts';
import type { Condition } from '../../sql/conditions.ts';
import { foldName } from '../../sql/quote.ts';
import { triggerEvent } from '../../sql/trigger-text.ts';
import { partialKeysOf, waysOut } from '../partial-keys.ts';
import { factReader } from '../reading/facts.ts';
import { readLater } from '../reading/later.ts';
import type { Reference } from '../reading/references.ts';
import { type TextReader, textReader } from '../reading/schema-texts.ts';
import { valueMaker } from '../values/believable.ts';
import type { Vocabulary } from '../values/vocabulary.ts';
import { hazardsOfNulls } from './alike.ts';
import { hazardsOfColumns } from './awkward-cells.ts';
import { createHosts } from './hosts.ts';
import { cannotBeCountedTo, mayCountUp } from './loops.ts';
import { childlessBy, hazardsOfReference, isKept, strayOf } from './orphans.ts';
import { isBound } from './roles.ts';
import { readScope } from './scope.ts';
import { hazardsOfSharedKeys } from './shared.ts';
import type { Sources } from './sources.ts';
import { hazardsOfWrittenKeys } from './taken.ts';
import { hazardsOfTable } from './twins.ts';
import { createChildrenAlike, createParents } from './with-children.ts';

/** What hazards are made for. */
export interface HazardOptions {
  readonly seed: number;
  /** The words of that seed number. */
  readonly vocabulary: Vocabulary;
  /** Whether a migration before the step wrote rows of a table out. */
  readonly isOwn: (table: string) => boolean;
  /** The step that they are made for. */
  readonly migration: Migration;
  /** The migrations that have not run yet, that step the first of them. */
  readonly later: readonly Migration[];
  /** What reads them, and the schema; made for the occasion when left out. */
  readonly texts?: TextReader | undefined;
  /** Whether the database enforces foreign keys. */
  readonly foreignKeys: boolean;
  /** Which declared keys get a row without a parent, and nothing else is made; left out where all else is made. */
  readonly strays?: ((table: string, columns: readonly string[]) => boolean) | undefined;
}

const endless = { code: 'SQLITE_TOOBIG', message: 'a query of the step would count up to it', ofAnyRow: false };

/**
 * Makes the hazards of the tables that a migration may touch and puts all of them in, each beside the plain rows that are
 * there. What SQLite refuses does not exist.
 */
export function makeHazards(schema: Schema, sink: RowSink, options: HazardOptions): Hazards {
  const { seed, migration, later } = options;
  const { later: read, factsOf: readFacts, references } = (options.texts ?? textReader())(schema, later);
  const ofStep = readLater([migration], schema);
  const scope = readScope(migration, schema, references);
  if (scope.tables.length === 0) return { all: [], controls: new Map(), childless: [] };
  const facts = new Map<Table, ReturnType<typeof readFacts>>();
  const bound = new Map<Table, ReadonlySet<string>>();
  const boundColumns = (table: Table): ReadonlySet<string> => {
    const names = table.columns.map(({ name }) => name);
    return new Set(names.filter((name) => isBound(readFacts(table)(name))).map(foldName));
  };
  const readStep = factReader(schema, ofStep);
  /** What only a migration after the step looks for is no state of today's rows. */
  const factsNow = (table: Table): ReturnType<typeof readFacts> => {
    const [whole, step] = [readFacts(table), readStep(table)];
    return (column) => ({
      ...whole(column),
      compared: [...whole(column).compared.filter((each) => !isList(each)), ...step(column).compared.filter(isList)],
    });
  };
  const counts = scope.texts.some(mayCountUp);
  const isEndless = (row: HazardRow): boolean =>
    counts && schema.tables.some((table) => table.name === row.table && cannotBeCountedTo(row, table));
  const triggered = new Set(
    schema.objects
      .filter(({ type, sql }) => type === 'trigger' && triggerEvent(sql ?? '') === 'insert')
      .map(({ table }) => foldName(table)),
  );
  const found = new Map<Table, readonly Reference[]>();
  const plain = new Map<Table, ReadonlyMap<string, SqlValue> | null>();
  const sources: Sources = {
    seed,
    insert: (row) => (isEndless(row) ? endless : sink.insert(row.table, row.values, row)),
    // Asked once, and before anything is put into the table: what comes later is not plain.
    plainOf: (table) => once(plain, table, sink.first),
    factsOf: (table) => once(facts, table, factsNow),
    boundOf: (table) => once(bound, table, boundColumns),
    laterKeysOf: ({ name }) => {
      const declared = read.declarations.get(foldName(name)) ?? [];
      return new Set(declared.flatMap(({ uniques }) => uniques.flat().map(foldName)));
    },
    newKeysOf: ({ name }) => (ofStep.declarations.get(foldName(name)) ?? []).flatMap(({ uniques }) => uniques),
    referencesOf: (table) => once(found, table, (each) => references.ofTable(each).found),
    checksOf: ({ name }) => (read.declarations.get(foldName(name)) ?? []).flatMap(({ checks }) => checks),
    demandsOf: ({ name }) => ofStep.demands.ofTable.get(foldName(name)) ?? [],
    waysOutOf: (table, index) =>
      partialKeysOf({ ...table, indexes: [index] }).flatMap(({ condition }) =>
        condition === null ? [] : waysOut(condition, table, sources.factsOf(table)),
      ),
    filledOf: (table, name) => {
      const column = table.columns.find((each) => each.name === name);
      return column === undefined ? null : valueMaker({ ...options, ...table, table: table.name, column }).at(1);
    },
    isGiven: ({ name }) => read.literalRows.has(foldName(name)),
    isTriggered: ({ name }) => triggered.has(foldName(name)),
  };
  const carriers = createHosts(sources);
  if (options.strays !== undefined) {
    const { strays } = options;
    const all = scope.tables.flatMap((table) => {
      const row = sources.plainOf(table);
      const kept = sources
        .referencesOf(table)
        .filter((reference) => isKept(table, reference, options.foreignKeys) && strays(table.name, reference.columns));
      // SQLite lists the last key first.
      return row === null
        ? []
        : kept.toReversed().flatMap((reference) => strayOf(table, reference, row, options, carriers));
    });
    return { all, controls: new Map(), childless: [] };
  }
  const withChildren = createParents(sources, scope.tables, carriers);
  const childrenAlike = createChildrenAlike(sources, scope, carriers);
  const all: Hazard[] = [];
  const controls = new Map<string, readonly HazardRow[]>();
  const childless: Childless[] = [];
  for (const table of [...scope.tables, ...scope.neighbours]) {
    const row = sources.plainOf(table);
    if (row === null) continue;
    const isTouched = scope.tables.includes(table);
    const made = [
      ...(isTouched ? hazardsOfColumns(table, row, scope, sources, withChildren) : []),
      ...(isTouched ? hazardsOfTable(table, row, migration, sources, carriers, childrenAlike) : []),
      ...(isTouched ? hazardsOfWrittenKeys(table, migration, row, options.isOwn(table.name), carriers) : []),
      ...(isTouched ? hazardsOfSharedKeys(table, migration, schema, sources, carriers) : []),
      ...(isTouched ? hazardsOfNulls(table, row, migration, sources, carriers, childrenAlike) : []),
      ...sources
        .referencesOf(table)
        .flatMap((reference) => hazardsOfReference(table, reference, row, options, carriers)),
    ];
    const control = made.length > 0 ? carriers({ table, label: 'control' }) : null;
    if (control !== null) controls.set(table.name, control);
    childless.push(...sources.referencesOf(table).flatMap((reference) => childlessBy(table, reference) ?? []));
    all.push(...made);
  }
  return { all: all.sort((a, b) => hazardSorts[a.kind].rank - hazardSorts[b.kind].rank), controls, childless };
}

function isList({ kind }: Condition): boolean {
  return kind === 'one-of' || kind === 'none-of';
}

function once<K, V>(known: Map<K, V>, key: K, make: (key: K) => V): V {
  const value = known.get(key);
  if (value !== undefined) return value;
  const made = make(key);
  known.set(key, made);
  return made;
}
