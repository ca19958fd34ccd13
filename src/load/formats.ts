import { HarnessError } from '../errors.ts';
import { isSqlFile } from './ignored.ts';

/** How a folder of a tool that is not read yet is told from a plain one. */
interface ForeignFormat {
  readonly tool: string;
  /** Whether the entries of the folder (names with `/` for one level below) are this tool's. */
  readonly claims: (entries: readonly string[], readHead: (file: string) => string) => boolean;
  /** Flags that say how the tool runs its files. */
  readonly flags: string;
}

const someHead = (entries: readonly string[], readHead: (file: string) => string, pattern: RegExp): boolean =>
  entries.some((entry) => isSqlFile(entry) && !entry.includes('/') && pattern.test(readHead(entry)));

/** Tools whose folders are recognised, with the settings that reproduce how they run a migration. */
const foreignFormats: readonly ForeignFormat[] = [
  {
    tool: 'drizzle-kit',
    claims: (entries) => entries.includes('meta/_journal.json'),
    flags: '--transaction all-pending',
  },
  {
    tool: 'Prisma or drizzle 1.0',
    claims: (entries) => entries.some((entry) => /^[^/]+\/migration\.sql$/i.test(entry)),
    flags: '--transaction none (Prisma) or --transaction all-pending (drizzle)',
  },
  {
    tool: 'diesel or rusqlite_migration',
    claims: (entries) => entries.some((entry) => /^[^/]+\/up\.sql$/i.test(entry)),
    flags: '--transaction per-migration',
  },
  {
    tool: 'goose',
    claims: (entries, head) => someHead(entries, head, /^\s*--\s*\+goose\s+up\b/im),
    flags: '--transaction per-migration',
  },
  {
    tool: 'dbmate',
    claims: (entries, head) => someHead(entries, head, /^\s*--\s*migrate:up\b/im),
    flags: '--transaction per-migration',
  },
  {
    tool: 'Flyway or refinery',
    claims: (entries) => entries.some((entry) => /^[VURB]\d[\w.]*__/.test(entry) && isSqlFile(entry)),
    flags: '--transaction per-migration',
  },
];

/**
 * Refuses a folder that belongs to a tool whose format is not read yet; reading it as plain files could run what the
 * tool would not (down parts), or in another order.
 * @throws HarnessError `folder-of-another-tool`
 */
export function refuseForeignFormat(
  directory: string,
  entries: readonly string[],
  readHead: (file: string) => string,
): void {
  const format = foreignFormats.find(({ claims }) => claims(entries, readHead));
  if (format === undefined) return;
  throw new HarnessError(
    'folder-of-another-tool',
    `${directory} is a folder of ${format.tool}, whose format is not read yet.`,
    {
      remedy: `Copy the "up" SQL of each migration, in order, into numbered files (0001_name.sql, …) of a folder of their own, and check that with ${format.flags}.`,
      facts: { directory, tool: format.tool },
    },
  );
}
