import { statSync } from 'node:fs';
import type { Database } from '../database/connection.ts';
import type { StepCost } from '../model/cost.ts';

/** Bytes beside a page: of a frame in a write-ahead log, and in a rollback journal. https://sqlite.org/fileformat.html */
export const frameBytes = { wal: 24, rollback: 8 } as const;

/** The most pages that a database file and its rollback journal have had since the beginning of a migration. */
export class PagePeaks {
  readonly #db: Database;
  readonly #journalFile: string;
  readonly #pageSize: number;
  readonly #before: number;
  #most: number;
  readonly #freeBefore: number;
  #leastFree: number;
  #journaled = 0;

  /** @param file the file of the database, in a rollback mode */
  constructor(db: Database, file: string) {
    this.#db = db;
    this.#journalFile = `${file}-journal`;
    this.#pageSize = Number(db.pragma('page_size', { simple: true }));
    this.#before = this.#now();
    this.#most = this.#before;
    this.#freeBefore = this.#free();
    this.#leastFree = this.#freeBefore;
  }

  /** Looks at the file. */
  see(): void {
    this.#most = Math.max(this.#most, this.#now());
    this.#leastFree = Math.min(this.#leastFree, this.#free());
  }

  /** Looks at the file and at its journal. */
  seeAll(): void {
    this.see();
    this.seeJournal(statSync(this.#journalFile, { throwIfNoEntry: false })?.size ?? 0);
  }

  /** Takes a journal into account that is gone. */
  seeJournal(bytes: number): void {
    this.#journaled = Math.max(this.#journaled, Math.floor(bytes / (this.#pageSize + frameBytes.rollback)));
  }

  /** The sizes in bytes, with those of the journal that production would have. */
  bytes(journal: StepCost['journal']): Pick<StepCost, 'bytesBefore' | 'bytesAfter' | 'journalBytes' | 'grownBytes'> {
    const grown = Math.max(0, this.#most - this.#before);
    // New pages, and those that were free, are in no rollback journal, and in every write-ahead log.
    const unjournaled = grown + this.#freeBefore - this.#leastFree;
    const pages = journal === 'wal' ? this.#journaled + unjournaled : this.#journaled;
    const journalBytes = pages * (this.#pageSize + frameBytes[journal]);
    return {
      bytesBefore: this.#before * this.#pageSize,
      bytesAfter: this.#now() * this.#pageSize,
      journalBytes,
      grownBytes: grown * this.#pageSize + journalBytes,
    };
  }

  #free(): number {
    return Number(this.#db.pragma('freelist_count', { simple: true }));
  }

  #now(): number {
    return Number(this.#db.pragma('page_count', { simple: true }));
  }
}
