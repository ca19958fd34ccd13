import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Pages that are looked at; they lie evenly over the file. */
const most = 4096;

/** The kinds of a page that is part of a table or an index, and the bytes of its header. https://sqlite.org/fileformat2.html#b_tree_pages */
const headers: ReadonlyMap<number, number> = new Map([
  [2, 12],
  [5, 12],
  [10, 8],
  [13, 8],
]);

/**
 * Reads how full the pages of the tables and indexes in a file are, from 0 to 1: rows that were deleted or moved leave gaps that later rows may fill,
 * and VACUUM closes. Pages on the list of free pages do not count.
 * @param file a database that nobody writes.
 * @returns null of a file without such a page.
 */
export function readPageFill(file: string): number | null {
  const opened = openSync(file, 'r');
  try {
    const header = Buffer.alloc(100);
    if (readSync(opened, header, 0, header.length, 0) < header.length) return null;
    const size = pageSizeOf(header);
    const pages = Math.floor(fstatSync(opened).size / size);
    const free = freePages(opened, header.readUInt32BE(32), { size, pages });
    const page = Buffer.alloc(size);
    let [all, used] = [0, 0];
    for (let i = 0; i < Math.min(most, pages); i++) {
      const number = Math.floor((i * pages) / Math.min(most, pages));
      if (free.has(number + 1)) continue;
      if (readSync(opened, page, 0, size, number * size) < size) break;
      const gaps = gapsOf(page, number === 0 ? 100 : 0);
      if (gaps === null) continue;
      all += size;
      used += size - gaps;
    }
    return all === 0 ? null : used / all;
  } finally {
    closeSync(opened);
  }
}

function pageSizeOf(header: Buffer): number {
  const size = header.readUInt16BE(16);
  return size === 1 ? 65_536 : size;
}

/** The unused bytes of a page; null where it is none of a table or an index. @param start where its header begins. */
function gapsOf(page: Buffer, start: number): number | null {
  const header = headers.get(page.readUInt8(start));
  if (header === undefined) return null;
  const cells = page.readUInt16BE(start + 3);
  const content = page.readUInt16BE(start + 5) || 65_536;
  let gaps = content - (start + header + 2 * cells) + page.readUInt8(start + 7);
  // Blocks stand in ascending order.
  for (let at = page.readUInt16BE(start + 1); at > 0; ) {
    if (at + 4 > page.length) return null;
    gaps += page.readUInt16BE(at + 2);
    const next = page.readUInt16BE(at);
    if (next !== 0 && next <= at) return null;
    at = next;
  }
  // A page of the rest of a long value may begin as another page does.
  return gaps >= 0 && gaps <= page.length ? gaps : null;
}

/** The numbers of the free pages, a bit for each. https://sqlite.org/fileformat2.html#the_freelist */
function freePages(
  opened: number,
  first: number,
  { size, pages }: { readonly size: number; readonly pages: number },
): { readonly has: (number: number) => boolean } {
  const bits = new Uint8Array(Math.ceil((pages + 1) / 8));
  const has = (number: number): boolean => ((bits[number >> 3] ?? 0) & (1 << (number & 7))) !== 0;
  const add = (number: number): void => {
    bits[number >> 3] = (bits[number >> 3] ?? 0) | (1 << (number & 7));
  };
  const trunk = Buffer.alloc(size);
  for (let at = first; at > 0 && at <= pages && !has(at); ) {
    add(at);
    if (readSync(opened, trunk, 0, size, (at - 1) * size) < size) break;
    const leaves = Math.min(trunk.readUInt32BE(4), size / 4 - 2);
    for (let i = 0; i < leaves; i++) {
      const leaf = trunk.readUInt32BE(8 + 4 * i);
      if (leaf <= pages) add(leaf);
    }
    at = trunk.readUInt32BE(0);
  }
  return { has };
}
