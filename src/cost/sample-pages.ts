import type { CountingDatabase } from '../database/step-counter.ts';

/** The pages of a sample at one moment. */
export interface SamplePages {
  /** The bytes in use of all pages. A small table fills a part of its page. https://sqlite.org/dbstat.html */
  readonly used: number;
  /** The bytes of free pages. */
  readonly free: number;
  /** By number. */
  readonly pages: ReadonlyMap<number, { readonly used: number; readonly content: string }>;
  /** The bytes in use of a table or an index by its first page, which it keeps whatever its name is. */
  readonly trees: ReadonlyMap<number, number>;
}

const contents = `SELECT pgno || ' ' || hex(data) FROM sqlite_dbpage ORDER BY pgno`;
const uses = `SELECT pageno || ' ' || (pgsize - unused) || ' ' || (path = '/') FROM dbstat ORDER BY name, path`;
const free = 'SELECT freelist_count * page_size FROM pragma_freelist_count, pragma_page_size';

/** Reads the pages of a database, those that no transaction has committed yet included. */
export function readSamplePages(db: CountingDatabase): SamplePages {
  const content = new Map(
    db.texts(contents).map((line) => {
      const [number = '', hex = ''] = line.split(' ');
      return [Number(number), hex] as const;
    }),
  );
  const pages = new Map<number, { readonly used: number; readonly content: string }>();
  const trees = new Map<number, number>();
  let root = 0;
  let used = 0;
  for (const line of db.texts(uses)) {
    const [number = 0, bytes = 0, isRoot] = line.split(' ').map(Number);
    if (isRoot === 1) root = number;
    trees.set(root, (trees.get(root) ?? 0) + bytes);
    pages.set(number, { used: bytes, content: content.get(number) ?? '' });
    used += bytes;
  }
  // Free pages that are used again.
  for (const [number, own] of content) if (!pages.has(number)) pages.set(number, { used: 0, content: own });
  return { used, free: Number(db.texts(free)[0] ?? 0), pages, trees };
}
