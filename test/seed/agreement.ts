import type { ColumnProfile } from '../../src/model/column-profile.ts';
import type { Bar, Duplicates } from '../../src/model/histogram.ts';
import type { Profile, TableProfile } from '../../src/model/profile.ts';

/** The tolerance between a number of the first profile and that of the second: a part of it, or an amount. */
interface Tolerance {
  readonly part: number;
  readonly least: number;
  /** So many of them are no difference where there are few. */
  readonly rows?: number;
}

/** The meaning of "the two profiles agree". Everything that is not named here is the same. */
export const tolerances = {
  /** Shares of rows, or of the values of a kind: they are told in multiples of five rows. */
  share: { part: 0, least: 0.02, rows: 5 },
  /** Different values, orphans, missing parents, other spellings. */
  count: { part: 0.1, least: 2 },
  /** The groups of a bar, as a part of all groups. */
  bar: { part: 0.1, least: 2 },
  /** The largest group, the parent with most children. */
  largest: { part: 0.2, least: 2 },
  /** Lengths of texts and blobs. */
  length: { part: 0.2, least: 2 },
  /** Bounds of numbers, as a part of their range. */
  bound: { part: 0.2, least: 1 },
  /** The share of rowids that are not taken. */
  gaps: { part: 0.2, least: 0.05 },
} as const satisfies Record<string, Tolerance>;

/** Where two profiles do not agree, a line each. `scaled`: only shares are compared, and whether a hazard is there. */
export function disagreements(first: Profile, second: Profile, scaled = false): string[] {
  const lines = first.tables.flatMap((table) => {
    const other = second.tables.find(({ name }) => name === table.name);
    return other === undefined ? [`${table.name} is missing`] : compareTables(table, other, scaled);
  });
  return lines.filter((line) => line !== '');
}

function compareTables(first: TableProfile, second: TableProfile, scaled: boolean): string[] {
  const at = first.name;
  const rows = Math.max(1, Math.min(first.rows, second.rows));
  const pointing = first.foreignKeys.flatMap(({ columns }) => columns);
  const columns = first.columns.flatMap((column, i) => {
    const other = second.columns[i];
    // Keys that point at nothing look like those of the parents, and may have looked otherwise.
    const isKey = pointing.includes(column.name);
    return other === undefined
      ? [`${at}.${column.name} is missing`]
      : compareColumns(`${at}.${column.name}`, column, other, { rows, scaled, isKey });
  });
  const keys = first.foreignKeys.flatMap((key, i) => {
    const other = second.foreignKeys[i];
    const where = `${at} → ${key.parent}`;
    if (other === undefined) return [`${where} is missing`];
    return [
      near(`${where} nulls`, key.nulls, other.nulls, shareOf(rows)),
      near(`${where} orphans`, key.orphanShare, other.orphanShare, shareOf(rows)),
      stays(`${where} orphans`, key.orphans, other.orphans),
      ...(scaled
        ? []
        : [
            near(`${where} missing parents`, key.missingParents, other.missingParents, tolerances.count),
            near(`${where} most children`, key.most, other.most, tolerances.largest),
            ...compareBars(`${where} children`, key.children ?? [], other.children ?? []),
          ]),
    ];
  });
  if (scaled) return [...columns, ...keys];
  const lists = first.keys.flatMap((key, i) =>
    compareDuplicates(`${at}(${key.columns.join()})`, key.duplicates, second.keys[i]?.duplicates ?? null),
  );
  return [
    near(`${at} rows`, first.rows, second.rows, { part: 0, least: 0 }),
    near(`${at} lowest rowid`, first.rowids?.min ?? 0, second.rowids?.min ?? 0, tolerances.bound),
    near(`${at} highest rowid`, first.rowids?.max ?? 0, second.rowids?.max ?? 0, tolerances.bound),
    near(`${at} gaps`, first.rowids?.gaps ?? 0, second.rowids?.gaps ?? 0, tolerances.gaps),
    near(`${at} counter`, first.sequenceAhead ?? -1, second.sequenceAhead ?? -1, tolerances.bound),
    ...columns,
    ...keys,
    ...lists,
  ];
}

interface Context {
  readonly rows: number;
  readonly scaled: boolean;
  readonly isKey: boolean;
}

function compareColumns(at: string, first: ColumnProfile, second: ColumnProfile, context: Context): string[] {
  const { rows, scaled, isKey } = context;
  const share = shareOf(rows);
  // A row more or less is another share of a few values than of many.
  const { null: none, text, blob } = first.storage;
  const among = { rows, numbers: rows * (1 - none - text - blob), texts: rows * text, blobs: rows * blob };
  const documents = among.texts * (first.texts?.formats.json ?? 0);
  const shares = (what: string, a: object, b: object, of: number = rows): string[] =>
    [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) => [
      near(`${at} ${what} ${key}`, numberAt(a, key), numberAt(b, key), shareOf(Math.max(1, of))),
      stays(`${at} ${what} ${key}`, numberAt(a, key), numberAt(b, key)),
    ]);
  const lines = [
    ...shares('storage', first.storage, second.storage),
    near(`${at} default`, first.isDefault ?? -1, second.isDefault ?? -1, share),
    stays(`${at} other spellings`, first.caseVariants, second.caseVariants),
    stays(`${at} duplicates`, repeats(first), repeats(second)),
    ...(scaled ? [] : compareDuplicates(at, first.duplicates, second.duplicates)),
    scaled ? '' : near(`${at} other spellings`, first.caseVariants, second.caseVariants, tolerances.count),
  ];
  if (isKey) return lines;
  const [a, b] = [first.numbers, second.numbers];
  if (a !== null && b !== null) {
    // One number of a small table is another part of it than of a large one: 0 and 1 among the ids of rows.
    const { min, max, span, formats, ...others } = a;
    lines.push(
      ...shares('numbers', others, { ...b, min: 0, max: 0, span: 0, formats: 0 }, among.numbers).filter(
        (line) => !/ (?:min|max|span|formats) /.test(`${line} `),
      ),
    );
    lines.push(...shares('number formats', formats, b.formats, among.numbers).filter((line) => !line.includes('gone')));
    if (!scaled) {
      const width = tolerances.bound.part * (max - min) + tolerances.bound.least;
      lines.push(
        near(`${at} lowest`, min, b.min, { part: 0, least: width }),
        near(`${at} highest`, max, b.max, { part: 0, least: width }),
      );
      lines.push(same(`${at} span`, span, b.span));
    }
  }
  const [c, d] = [first.texts, second.texts];
  if (c !== null && d !== null) {
    const { length, formats, span, json, ...others } = c;
    const { length: l, formats: f, span: s, json: j, ...rest } = d;
    lines.push(...shares('texts', others, rest, among.texts), ...shares('text formats', formats, f, among.texts));
    if (!scaled) lines.push(...compareLengths(`${at} texts`, length, l), same(`${at} span`, span, s));
    if (json !== null) {
      lines.push(
        ...shares(
          'json',
          { valid: json.valid, malformed: json.malformed },
          { valid: j?.valid, malformed: j?.malformed },
          among.texts,
        ),
      );
      lines.push(...shares('json types', json.types, j?.types ?? {}, documents));
      for (const { path, share: held, types } of json.paths) {
        const other = j?.paths.find((each) => each.path === path);
        lines.push(
          near(`${at} ${path}`, held, other?.share ?? 0, shareOf(Math.max(1, documents))),
          ...shares(`${path} types`, types, other?.types ?? {}, documents * held),
        );
      }
    }
  }
  const [e, g] = [first.blobs, second.blobs];
  if (e !== null && g !== null) {
    lines.push(...shares('blobs', { empty: e.empty, jsonb: e.jsonb }, { empty: g.empty, jsonb: g.jsonb }, among.blobs));
    if (!scaled) lines.push(...compareLengths(`${at} blobs`, e.length, g.length));
  }
  if (first.values !== null) {
    for (const { value, share: held } of first.values.members) {
      const other = second.values?.members.find((each) => each.value === value);
      lines.push(near(`${at} ${value}`, held, other?.share ?? 0, share));
    }
  }
  return lines;
}

function compareLengths(at: string, first: object, second: object): string[] {
  return Object.keys(first).map((key) =>
    near(`${at} ${key}`, numberAt(first, key), numberAt(second, key), tolerances.length),
  );
}

function compareDuplicates(at: string, first: Duplicates | null, second: Duplicates | null): string[] {
  return [
    near(`${at} distinct`, first?.distinct ?? 0, second?.distinct ?? 0, tolerances.count),
    near(`${at} largest`, first?.largest ?? 0, second?.largest ?? 0, tolerances.largest),
    ...compareBars(at, first?.sizes ?? [], second?.sizes ?? []),
  ];
}

/** A group may cross a border by a row: a bar is compared with both its neighbours. */
function compareBars(at: string, first: readonly Bar[], second: readonly Bar[]): string[] {
  const all = first.reduce((sum, { count }) => sum + count, 0);
  const allowed = Math.max(tolerances.bar.part * all, tolerances.bar.least);
  const upTo = (bars: readonly Bar[], limit: number): number =>
    bars.reduce((sum, { to, count }) => (to <= limit ? sum + count : sum), 0);
  return first.flatMap(({ to }) => {
    const wanted = upTo(first, to);
    const found = [upTo(second, to / 2), upTo(second, to * 2)];
    const isNear = wanted >= Math.min(...found) - allowed && wanted <= Math.max(...found) + allowed;
    return isNear ? [] : [`${at} groups up to ${to}: ${wanted} ≠ ${upTo(second, to)}`];
  });
}

function repeats({ duplicates }: ColumnProfile): number {
  return (duplicates?.sizes ?? []).reduce((sum, { from, count }) => (from > 1 ? sum + count : sum), 0);
}

function shareOf(rows: number): Tolerance {
  return { part: 0, least: Math.max(tolerances.share.least, tolerances.share.rows / rows) };
}

function near(what: string, first: number, second: number, { part, least }: Tolerance): string {
  return Math.abs(first - second) <= Math.max(part * Math.abs(first), least) + 1e-9
    ? ''
    : `${what}: ${first} ≠ ${second}`;
}

/** The difference where rows that exist in the first profile are missing from the second; '' without one. */
function stays(what: string, first: number, second: number): string {
  return first > 0 && !(second > 0) ? `${what} are gone` : '';
}

function same(what: string, first: unknown, second: unknown): string {
  return JSON.stringify(first) === JSON.stringify(second)
    ? ''
    : `${what}: ${JSON.stringify(first)} ≠ ${JSON.stringify(second)}`;
}

function numberAt(from: object, key: string): number {
  const entry = Object.entries(from).find(([name]) => name === key);
  return Number(entry?.[1] ?? 0);
}
