import { hazardSorts } from '../../hazards/hazards.ts';
import type { SqlValue } from '../../model/connection.ts';
import type { RowSink } from '../../model/dataset.ts';
import type { Childless, Hazard, HazardRow, Hazards } from '../../model/hazard.ts';
import type { Migration } from '../../model/history.ts';
import type { Schema, Table } from '../../model/schema.ts';
import { readLater } from '../reading/later.ts';
import { type TextReader, textReader } from '../reading/schema-texts.ts';
import { roomIn } from '../singletons.ts';
import type { Vocabulary } from '../values/vocabulary.ts';
import { hazardsOfNulls } from './alike.ts';
import { hazardsOfColumns } from './awkward-cells.ts';
import { type CopiedRows, hazardsOfCopiedKeys, readCopiedRows } from './copied-keys.ts';
import { controlLabel, createHosts, type Hosts } from './hosts.ts';
import { hazardsMadeAlike } from './made-alike.ts';
import { childlessBy, hazardsOfReference, isKept, strayOf } from './orphans.ts';
import { readSources } from './read-sources.ts';
import { readScope, type Scope } from './scope.ts';
import { hazardsOfSharedKeys } from './shared.ts';
import type { Sources } from './sources.ts';
import { hazardsOfWrittenKeys } from './taken.ts';
import { hazardsOfTable } from './twins.ts';
import { type Children, createChildrenAlike, createParents } from './with-children.ts';

/** The step that hazards are made for. */
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
  /** The reader of them and of the schema; a new one if left out. */
  readonly texts?: TextReader | undefined;
  /** Whether the database enforces foreign keys. */
  readonly foreignKeys: boolean;
  /** Which declared keys get a row without a parent, and nothing else is made; left out where all else is made. */
  readonly strays?: ((table: string, columns: readonly string[]) => boolean) | undefined;
}

/**
 * Makes the hazards of the tables that a migration may touch and inserts all of them, each beside the plain rows that are
 * there. A hazard that SQLite refuses does not exist.
 */
export function makeHazards(schema: Schema, sink: RowSink, options: HazardOptions): Hazards {
  const { migration, later, texts = textReader() } = options;
  const reading = texts(schema, later);
  const scope = readScope(migration, schema, reading.references);
  if (scope.tables.length === 0) return { all: [], controls: new Map(), childless: [], untried: new Map() };
  const ofStep = readLater([migration], schema);
  const sources = readSources({ schema, sink, scope, reading, ofStep, options });
  const hosts = createHosts(sources);
  const { strays } = options;
  if (strays !== undefined) {
    const all = scope.tables.flatMap((table) => straysOf(table, strays, sources, hosts, options));
    return { all, controls: new Map(), childless: [], untried: new Map() };
  }
  return hazardsInScope({ schema, scope, sources, hosts, options });
}

/** The rows of a table without a parent, by its declared keys. */
function straysOf(
  table: Table,
  strays: NonNullable<HazardOptions['strays']>,
  { plainOf, referencesOf }: Sources,
  hosts: Hosts,
  options: HazardOptions,
): Hazard[] {
  const row = plainOf(table);
  if (row === null) return [];
  const kept = referencesOf(table).filter(
    (reference) => isKept(table, reference, options.foreignKeys) && strays(table.name, reference.columns),
  );
  // SQLite lists the last key first.
  return kept.toReversed().flatMap((reference) => strayOf(table, reference, row, options, hosts));
}

/** All that the hazards of tables are made from. */
interface Making {
  readonly schema: Schema;
  readonly scope: Scope;
  readonly sources: Sources;
  readonly hosts: Hosts;
  readonly options: HazardOptions;
}

/** The makers of rows with others round them, and the rows that the step copies. */
interface Means {
  readonly withChildren: Hosts;
  readonly childrenAlike: Children;
  readonly copies: CopiedRows;
}

function hazardsInScope(making: Making): Hazards {
  const { scope, sources, hosts } = making;
  const copies = readCopiedRows(making.options.migration, sources);
  const withChildren = createParents(sources, scope.tables, hosts);
  const childrenAlike = createChildrenAlike(sources, scope, hosts);
  const all: Hazard[] = [];
  const controls = new Map<string, readonly HazardRow[]>();
  const childless: Childless[] = [];
  for (const table of [...scope.tables, ...scope.neighbours]) {
    const row = sources.plainOf(table);
    // A table that has room for one row, or will have, never had a second one.
    if (row === null || roomIn(table, sources.factsOf(table)) === 1) continue;
    const isTouched = scope.tables.includes(table);
    const touched = isTouched ? hazardsOfTouched(table, row, making, { withChildren, childrenAlike, copies }) : [];
    const references = sources.referencesOf(table);
    const pointing = references.flatMap((each) => hazardsOfReference(table, each, row, making.options, hosts));
    const made = [...touched, ...pointing];
    const control = made.length > 0 ? hosts({ table, label: controlLabel }) : null;
    if (control !== null) controls.set(table.name, control);
    childless.push(...references.flatMap((reference) => childlessBy(table, reference) ?? []));
    all.push(...made);
  }
  all.sort((a, b) => hazardSorts[a.kind].rank - hazardSorts[b.kind].rank);
  return { all, controls, childless, untried: sources.budget.untried() };
}

function hazardsOfTouched(
  table: Table,
  row: ReadonlyMap<string, SqlValue>,
  { schema, scope, sources, hosts, options }: Making,
  { withChildren, childrenAlike, copies }: Means,
): Hazard[] {
  const { migration, isOwn } = options;
  return [
    ...hazardsOfColumns(table, row, scope, sources, withChildren),
    ...hazardsOfTable(table, row, migration, schema, sources, hosts, childrenAlike),
    ...hazardsOfWrittenKeys(table, migration, row, isOwn(table.name), hosts, childrenAlike),
    ...hazardsOfCopiedKeys(table, migration, isOwn(table.name), copies, sources, hosts),
    ...hazardsOfSharedKeys(table, migration, schema, sources, hosts),
    ...hazardsMadeAlike(table, row, migration, schema, sources, hosts),
    ...hazardsOfNulls(table, row, migration, sources, hosts, childrenAlike),
  ];
}
