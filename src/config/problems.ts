import { z } from 'zod';
import { closestName } from '../text/closest-name.ts';

/**
 * The probable meaning of a wrong key or value: `Did you mean rows?`; the allowed values where none is similar, and
 * null where neither helps.
 * @param value what was given.
 * @param keys all keys.
 */
export function remedyFor({ issues }: z.ZodError, value: unknown, keys: z.ZodObject): string | null {
  const meant = issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(keys, issue.path);
      return issue.keys.map((key) => closestName(key, known));
    }
    if (issue.code !== 'invalid_value') return [];
    const given = issue.path.reduce<unknown>((inner, key) => memberOf(inner, key), value);
    return [typeof given === 'string' ? closestName(given, issue.values.map(String)) : null];
  });
  const found = meant.filter((name) => name !== null);
  return found.length === 0 ? null : `Did you mean ${found.join(', ')}?`;
}

/** The keys of an object within the config. */
function keysAt(keys: z.ZodObject, path: readonly PropertyKey[]): string[] {
  let at: unknown = keys;
  for (const key of path) {
    const inner = at instanceof z.ZodObject ? memberOf(at.shape, key) : null;
    at = inner instanceof z.ZodOptional ? inner.unwrap() : inner;
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

function memberOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/** zod's complaints about a value: a sentence for each wrong key, with its path. */
export function problemsOf({ issues }: z.ZodError): string[] {
  return issues.map(({ path, message }) => (path.length > 0 ? `${z.core.toDotPath(path)}: ${message}` : message));
}
