import { exported, isObject } from './exports.ts';

/** A class of a migration, with what its ledger knows it by. */
export interface MigrationClass {
  readonly name: string;
  readonly class: Newable;
}

/** A value that `new` can construct. */
export type Newable = new (...given: readonly unknown[]) => object;

/** The class of a module that has a method `up`: the one of that name, or the first. @throws TypeError where there is none */
export function classOf(module: object, name: string): Newable {
  const main: unknown = Reflect.get(module, 'default');
  const candidates = [
    exported(module, name),
    main,
    ...Object.values(module),
    ...(isObject(main) ? Object.values(main) : []),
  ];
  const found = candidates.find(hasUp);
  if (found !== undefined) return found;
  throw new TypeError(`the module of ${name} exports no class with a method up`);
}

function hasUp(value: unknown): value is Newable {
  return typeof value === 'function' && isObject(value.prototype) && 'up' in value.prototype;
}

/**
 * The classes up to the last of some migrations, of which these alone may run: what the ledger lacks besides is not run by
 * mistake.
 */
export function upTo(classes: readonly MigrationClass[], ids: readonly string[]): MigrationClass[] {
  const last = ids.at(-1) ?? '';
  const end = classes.findIndex(({ name }) => name === last);
  return classes.slice(0, end + 1).map((each) => (ids.includes(each.name) ? each : refusing(each, last)));
}

function refusing({ name, class: own }: MigrationClass, id: string): MigrationClass {
  class Refusing extends own {
    up(): never {
      throw new Error(`the ledger lacks ${name}, which comes before ${id}`);
    }
  }
  // Tools take the name of the class for that of the migration.
  Object.defineProperty(Refusing, 'name', { value: own.name });
  return { name, class: Refusing };
}
