import { z } from 'zod';

/** What zod has to say of a value, a sentence for each key that is wrong, with its path. */
export function problemsOf({ issues }: z.ZodError): string[] {
  return issues.map(({ path, message }) => (path.length > 0 ? `${z.core.toDotPath(path)}: ${message}` : message));
}
