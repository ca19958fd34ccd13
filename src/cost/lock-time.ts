import type { Statement } from '../model/history.ts';

/** How long a migration makes other writers wait: the longest time in which one transaction of it holds the write lock. */
export class LockTime {
  #held = 0;
  #longest = 0;
  #isOpen: boolean;

  /** @param isWrapped whether one transaction of the migrator goes round the statements */
  constructor(isWrapped: boolean) {
    this.#isOpen = isWrapped;
  }

  /** In milliseconds. */
  get longest(): number {
    return this.#longest;
  }

  before({ head }: Statement): void {
    if (head.verb !== 'begin') return;
    this.#isOpen = true;
    this.#held = 0;
  }

  after({ head }: Statement, milliseconds: number): void {
    this.hold(milliseconds);
    if (head.verb === 'commit' || head.verb === 'rollback') this.#isOpen = false;
  }

  hold(milliseconds: number): void {
    this.#held = this.#isOpen ? this.#held + milliseconds : milliseconds;
    this.#longest = Math.max(this.#longest, this.#held);
  }
}
