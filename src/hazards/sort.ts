import type { ColumnProfile } from '../model/column-profile.ts';
import type { SqlValue } from '../model/connection.ts';
import type { Childless, HazardKind } from '../model/hazard.ts';
import type { TableProfile } from '../model/profile.ts';
import type { Column, Table } from '../model/schema.ts';

/**
 * The values that a column is made for, as far as hazards differ by them; `digits` are texts that a later statement
 * casts to numbers.
 */
export type Role = 'text' | 'digits' | 'list' | 'document' | 'written-document' | 'timestamp' | 'number' | 'other';

/** A column that holds something awkward. */
export interface OfColumn {
  readonly table: string;
  readonly column: string;
  /** The value of another column in the same row, where only such rows matter. */
  readonly where?: { readonly column: string; readonly values: readonly (string | number)[] };
}

/** A reference from some columns to a parent. */
export interface OfReference {
  readonly table: string;
  readonly columns: readonly string[];
  readonly parent: string;
  readonly parentColumns: readonly string[];
}

/** The sense in which rows are duplicates. */
export interface Likeness {
  /** The condition of a partial index, where duplicates count only inside it. */
  readonly within?: string | null;
  /** Whether two NULLs count as well, as they do to GROUP BY and DISTINCT. */
  readonly nullsAreAlike?: boolean;
  /** The expressions that are equal in place of columns, NULLs included. */
  readonly expressions?: ReadonlyMap<string, string> | undefined;
  /** The expressions that a migration makes of columns, where rows are equal only in those. */
  readonly computed?: ReadonlyMap<string, string> | undefined;
}

/** The subjects of hazards of more than one column. */
interface Subjects {
  readonly duplicate: { readonly table: string; readonly columns: readonly string[]; readonly likeness?: Likeness };
  readonly state: OfColumn & { readonly value: string | number | bigint };
  readonly orphan: OfReference;
  readonly 'many-children': OfReference;
  readonly 'taken-key': {
    readonly table: string;
    readonly key: readonly string[];
    readonly values: readonly (readonly (string | number)[])[];
    /** The column that moves by a number in all rows at once, and by how much. */
    readonly shifted?: { readonly column: string; readonly by: number };
    /** The SELECT that the migration copies into columns with these names, the key among them. */
    readonly copied?: { readonly names: readonly string[]; readonly query: string };
    /** The column in which a row with `from` becomes one with `to`. */
    readonly renamed?: { readonly column: string; readonly from: string | number; readonly to: string | number };
  };
  readonly 'shared-key': {
    readonly table: string;
    readonly columns: readonly string[];
    readonly other: string;
    readonly otherColumns: readonly string[];
  };
  readonly childless: { readonly table: string; readonly keys: readonly Childless[] };
}

/** The subject of a hazard of a kind. */
export type SubjectOf<K extends HazardKind> = K extends keyof Subjects ? Subjects[K] : OfColumn;

/** The kinds that are about one column. */
export type ValueHazardKind = Exclude<HazardKind, keyof Subjects>;

/** A hazard in words, and the SELECT that tells whether production has it. */
export interface Description {
  readonly needs: string;
  readonly query: string;
}

/** Whether a profile shows that no row is awkward in these columns of a table. */
export type ProfileRule = (columns: readonly ColumnProfile[], table: TableProfile) => boolean;

/** The plain cell that an awkward value is made from. */
export interface PlainCell {
  /** The value of the plain row. */
  readonly plain: SqlValue;
  readonly column: Column;
  readonly table: Table;
  /**
   * A number of three digits that other columns hardly have: a value that is awkward is not to be a duplicate
   * besides.
   */
  readonly tag: number;
}

/** A hazard that one value of one column is. */
export interface AwkwardValue {
  /** The columns that can hold it, by what they are made for. */
  readonly roles: readonly Role[];
  /** Whether a key may be so without anybody wondering. */
  readonly inKeys: boolean;
  /** @returns the value, or undefined where the column has none of the kind. */
  readonly of: (place: PlainCell) => SqlValue | undefined;
}

/** All that rowproof knows about one kind of hazard, but for the rows of those that are more than a value. */
export interface HazardSort<K extends HazardKind> {
  /** How believable it is, from 0 on: a finding names the most believable first. */
  readonly rank: number;
  readonly describe: (subject: SubjectOf<K>) => Description;
  /** Null where a profile does not tell. */
  readonly ruledOutBy: ProfileRule | null;
  /** Whether it is awkward for its likeness with the plain row, in all else or in everything. */
  readonly isTwin: boolean;
  /** Whether it is awkward only as a second row beside the plain one. */
  readonly isSecondRow: boolean;
  /** Null where `seed/hazards/` has a maker of its own for its rows. */
  readonly value: K extends keyof Subjects ? null : AwkwardValue | null;
}

/** The rank of the least believable hazards. */
export const lastRank = 6;
