import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Content, Damage, Database, Input } from './input.ts';

/** Writes the files of an input into an empty folder. */
export function materialise({ files }: Input, folder: string): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    write(path, content, folder);
  }
}

function write(path: string, content: Content, folder: string): void {
  if (typeof content === 'string') writeFileSync(path, content.replaceAll('{folder}', folder));
  else if (content instanceof Uint8Array) writeFileSync(path, content);
  else if (content.kind === 'folder') mkdirSync(path, { recursive: true });
  else if (content.kind === 'link') symlinkSync(content.to.replaceAll('{folder}', folder), path);
  else if (content.kind === 'pipe') spawnSync('mkfifo', [path]);
  else writeDatabase(path, content);
}

function writeDatabase(path: string, { sql, journal, damage = [], beside }: Database): void {
  const db = new Sqlite(path);
  db.pragma('synchronous = OFF');
  if (journal === 'wal') db.pragma('journal_mode = WAL');
  for (const statement of sql) run(db, statement);
  const own =
    beside?.content === 'own' && beside.ending === '-wal' && journal === 'wal' ? readFileSync(`${path}-wal`) : null;
  db.close();
  for (const each of damage) harm(path, each);
  if (beside !== undefined) writeFileSync(path + beside.ending, own ?? besides(beside));
}

/** Statements that another SQLite refuses, such as a row that does not fit, are left out: the rest is still a database. */
function run(db: Sqlite.Database, statement: string): void {
  try {
    db.exec(statement);
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError)) throw error;
  }
}

function besides({ ending, content }: NonNullable<Database['beside']>): Uint8Array {
  if (content === 'empty') return new Uint8Array();
  if (content === 'garbage') return Buffer.alloc(5000, 'not a journal ');
  return ending === '-wal' ? foreignWal() : foreignJournal();
}

/** The header and a frame of some other database's log. https://sqlite.org/fileformat2.html#the_write_ahead_log */
function foreignWal(): Uint8Array {
  const bytes = Buffer.alloc(32 + 24 + 4096, 7);
  bytes.writeUInt32BE(0x377f0682, 0);
  bytes.writeUInt32BE(3007000, 4);
  bytes.writeUInt32BE(4096, 8);
  return bytes;
}

/** The header of some other database's journal. https://sqlite.org/fileformat2.html#the_rollback_journal */
function foreignJournal(): Uint8Array {
  const bytes = Buffer.alloc(512 + 4 + 4096 + 4, 9);
  Buffer.from('d9d505f920a163d7', 'hex').copy(bytes);
  bytes.writeUInt32BE(1, 8);
  bytes.writeUInt32BE(2, 16);
  bytes.writeUInt32BE(512, 20);
  bytes.writeUInt32BE(4096, 24);
  return bytes;
}

function harm(path: string, damage: Damage): void {
  const bytes = readFileSync(path);
  const place = (share: number): number => Math.min(bytes.length - 1, Math.floor(share * bytes.length));
  if (bytes.length === 0) return;
  if (damage.kind === 'cut') {
    truncateSync(path, place(damage.at));
    return;
  }
  if (damage.kind === 'byte') bytes[place(damage.at)] = damage.value;
  if (damage.kind === 'header') bytes[damage.offset] = damage.value;
  if (damage.kind === 'fill') bytes.fill(damage.value, place(damage.from), place(damage.to));
  writeFileSync(path, damage.kind === 'append' ? Buffer.concat([bytes, Buffer.alloc(damage.bytes, 1)]) : bytes);
}

/** Everything in a folder, by path: kind, bytes and time of the last change. A time of access is none. */
export type Fingerprint = ReadonlyMap<string, string>;

/** Looks at everything in a folder without changing it. */
export function fingerprint(folder: string): Fingerprint {
  const found = new Map<string, string>();
  const look = (below: string): void => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      found.set(name, describe(join(folder, name)));
      if (entry.isDirectory()) look(name);
    }
  };
  look('');
  return found;
}

function describe(path: string): string {
  const stats = lstatSync(path, { bigint: true });
  if (stats.isSymbolicLink()) return `link ${readlinkSync(path)}`;
  if (stats.isDirectory()) return 'folder';
  if (!stats.isFile()) return `special ${stats.mtimeNs}`;
  return `file ${createHash('sha256').update(readFileSync(path)).digest('hex')} ${stats.mtimeNs} ${stats.mode}`;
}

/** Makes a folder empty, and makes it where it is not there. */
export function emptied(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}
