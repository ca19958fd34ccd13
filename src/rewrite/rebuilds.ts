import { sameName } from '../sql/quote.ts';
import type { PlacedStatement } from './migration-text.ts';

/** The statements that make a table anew and copy its rows. */
export interface Rebuild {
  /** The name of the table before and after. */
  readonly name: string;
  /** The name under which the new table is made, and under which the old one is copied. */
  readonly made: string;
  readonly old: string;
  readonly create: PlacedStatement;
  /** Null where no statement copies; the CREATE itself where it selects. */
  readonly copy: PlacedStatement | null;
  readonly drop: PlacedStatement | null;
  readonly rename: PlacedStatement;
  /** Whether the old table is renamed away first, instead of the new one into its place at the end. */
  readonly renamesFirst: boolean;
}

/** Finds the rebuilds of a migration, in whatever order they rename. https://sqlite.org/lang_altertable.html#otheralter */
export function readRebuilds(statements: readonly PlacedStatement[]): Rebuild[] {
  return statements.flatMap((create, at): Rebuild[] => {
    const made = create.head.target;
    if (create.head.verb !== 'create-table' || made === null) return [];
    const later = statements.slice(at + 1);
    const into = later.find(({ head }) => head.verb === 'rename-table' && isNamed(head.target, made));
    const away = statements
      .slice(0, at)
      .findLast(({ head }) => head.verb === 'rename-table' && isNamed(head.target, made));
    const rename = into ?? away;
    const name = into === undefined ? made : into.head.renamedTo;
    const old = into === undefined ? (away?.head.renamedTo ?? null) : name;
    if (rename === undefined || name === null || old === null) return [];
    const drop = later.find(({ head }) => head.verb === 'drop-table' && isNamed(head.target, old)) ?? null;
    const copies = later.find(
      ({ head }) =>
        (head.verb === 'insert' || head.verb === 'replace') &&
        isNamed(head.target, made) &&
        head.sources.some((source) => sameName(source, old)),
    );
    const selects = create.head.sources.some((source) => sameName(source, old));
    const copy = selects ? create : (copies ?? null);
    return [{ name, made, old, create, copy, drop, rename, renamesFirst: into === undefined }];
  });
}

function isNamed(name: string | null, wanted: string): boolean {
  return name !== null && sameName(name, wanted);
}
