import type { Folder } from '../folder.ts';

/** The journal of drizzle-kit up to 0.31. https://orm.drizzle.team/docs/kit-overview */
export function recognise({ below }: Folder): string | null {
  return below.includes('meta/_journal.json') ? 'meta/_journal.json' : null;
}
