import { entriesOf, isObject } from '../exports.ts';
import type { Workshop } from '../workshop.ts';

const patched = new WeakSet<object>();

/**
 * Tells where each builder was made: a migration may return one that knex awaits later, when nothing of the migration is in
 * the stack. Knex keeps that stack itself where `asyncStackTraces` is on. https://knexjs.org/guide/#asyncstacktraces
 */
export function tellOrigins(db: unknown, { issuedFrom }: Workshop): void {
  const client: unknown = isObject(db) ? Reflect.get(db, 'client') : undefined;
  // Transactions have clients of their own, made from the same class.
  const prototype: unknown = isObject(client) ? Object.getPrototypeOf(client) : undefined;
  if (!isObject(prototype) || patched.has(prototype)) return;
  const makeRunner: unknown = Reflect.get(prototype, 'runner');
  if (typeof makeRunner !== 'function') return;
  patched.add(prototype);
  Reflect.set(prototype, 'runner', function runnerFrom(this: unknown, builder: unknown): unknown {
    const runner: unknown = Reflect.apply(makeRunner, this, [builder]);
    const run: unknown = isObject(runner) ? Reflect.get(runner, 'run') : undefined;
    const { error } = entriesOf(isObject(builder) ? Reflect.get(builder, '_asyncStack') : undefined);
    if (isObject(runner) && typeof run === 'function')
      Reflect.set(runner, 'run', () => issuedFrom(error, () => Reflect.apply(run, runner, [])));
    return runner;
  });
}
