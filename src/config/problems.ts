import { z } from 'zod';

/** zod's complaints about a value: a sentence for each wrong key, with its path. */
export function problemsOf({ issues }: z.ZodError): string[] {
  return issues.map(({ path, message }) => (path.length > 0 ? `${z.core.toDotPath(path)}: ${message}` : message));
}
