import { kindOf } from './smallest.ts';

/** Violations of a kind of input after which it is given up: no more can be read, and those that hang take their whole limit. */
const patience = { all: 400, limits: 4 };

/** The violations of the law, each kind once. */
export class Breaches {
  readonly #found = new Map<string, { readonly text: string; count: number }>();
  #all = 0;
  #limits = 0;

  /**
   * Takes the violations of an input.
   * @param describe tells the input, for the first of each way.
   * @returns whether more inputs of the kind should be tried.
   */
  add(violations: readonly string[], describe: () => string): boolean {
    for (const violation of violations) {
      const known = this.#found.get(kindOf(violation));
      if (known === undefined) this.#found.set(kindOf(violation), { text: `${violation}\n${describe()}`, count: 1 });
      else known.count += 1;
      this.#all += 1;
      if (violation.startsWith('ended by the limit')) this.#limits += 1;
    }
    return this.#all < patience.all && this.#limits < patience.limits;
  }

  /** The ways of breaking the law that were seen. */
  kinds(): string[] {
    return [...this.#found.keys()];
  }

  /** Each way with its first input and how often it was seen. */
  texts(): string[] {
    return [...this.#found.values()].map(({ text, count }) => (count === 1 ? text : `(${count} times) ${text}`));
  }
}
