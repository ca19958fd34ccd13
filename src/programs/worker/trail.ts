import type { CodePlace } from '../../model/program.ts';
import { numberSavepoints } from '../../sql/savepoint-names.ts';

/** The statements of a run, in order, with the places that they were issued from. */
interface Trail {
  readonly steps: { readonly sql: string; readonly place: CodePlace | null }[];
  /** Whether another run may issue other statements, because the program asks for rows. */
  asksForRows: boolean;
}

/** Knows the places of statements from an earlier run of the same migration, as long as it issues the same ones again. */
export interface Trails {
  /** @returns whether nothing is known of the migration, so that its run has to be followed. */
  readonly begin: (migration: string) => boolean;
  /** @param find is asked where the earlier run does not tell. */
  readonly place: (sql: string, find: () => CodePlace | null) => CodePlace | null;
  /** Keeps what the run has issued. @param isComplete whether it came to its end. */
  readonly end: (isComplete: boolean) => void;
}

/** Questions about the schema, whose answers do not depend on rows. */
const aboutSchema = /\bsqlite_(?:master|schema)\b|^\s*pragma\b/i;
const asks = /^\s*(?:select|with|values)\b|\breturning\b/i;

/**
 * To find a place costs more than to run the statement, and each migration runs several times. A program that asks for no
 * rows has no reason to issue others elsewhere; one that does is followed in every run.
 */
export function createTrails(): Trails {
  const known = new Map<string, Trail>();
  let name = '';
  let followed: Trail | null = null;
  let earlier: Trail | null = null;
  let next = 0;
  let number = numberSavepoints();
  return {
    begin: (migration) => {
      number = numberSavepoints();
      name = migration;
      next = 0;
      const trail = known.get(migration);
      earlier = trail === undefined || trail.asksForRows ? null : trail;
      followed = earlier === null ? { steps: [], asksForRows: trail?.asksForRows === true } : null;
      return earlier === null;
    },
    place: (issued, find) => {
      const sql = number(issued);
      const step = earlier?.steps[next];
      next += 1;
      if (step?.sql === sql) return step.place;
      if (earlier !== null) {
        earlier.asksForRows = true;
        earlier = null;
      }
      const place = find();
      if (followed !== null) {
        followed.steps.push({ sql, place });
        if (place !== null && asks.test(sql) && !aboutSchema.test(sql)) followed.asksForRows = true;
      }
      return place;
    },
    end: (isComplete) => {
      if (followed !== null && isComplete) known.set(name, followed);
      followed = null;
      earlier = null;
    },
  };
}
