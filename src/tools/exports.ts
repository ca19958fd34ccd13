/** Anything that can be called, with whatever it takes: what it is given is known by the tool's documentation. */
export type Callable = (...given: readonly unknown[]) => unknown;

/** An export of a module by name: of the module itself, or of its default export, which a CommonJS module has. */
export function exported(module: object, name: string): unknown {
  const own: unknown = Reflect.get(module, name);
  if (own !== undefined) return own;
  const main: unknown = Reflect.get(module, 'default');
  return isObject(main) ? Reflect.get(main, name) : undefined;
}

/** The default export of a module; that of a CommonJS module which was an ES module once lies one deeper. */
export function defaultOf(module: object): unknown {
  const main: unknown = Reflect.get(module, 'default');
  if (isObject(main) && Reflect.get(main, '__esModule') === true) return Reflect.get(main, 'default') ?? main;
  return main === undefined ? module : main;
}

/** Calls a method. @throws TypeError where there is none of that name */
export function call(target: unknown, name: string, ...given: readonly unknown[]): unknown {
  const method: unknown = isObject(target) ? Reflect.get(target, name) : undefined;
  if (typeof method !== 'function') throw new TypeError(`there is no ${name}() to call`);
  return Reflect.apply(method, target, given);
}

/** Makes an object of a class that a module exports. @throws TypeError where it exports none of that name */
export function make(module: object, name: string, ...given: readonly unknown[]): object {
  const maker = exported(module, name);
  if (typeof maker !== 'function') throw new TypeError(`it exports no class ${name}`);
  const made: unknown = Reflect.construct(maker, given);
  if (isObject(made)) return made;
  throw new TypeError(`${name} makes no object`);
}

/** Whether a value has properties. */
export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** The properties of a value, none where it is not an object. */
export function entriesOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
