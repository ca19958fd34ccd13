import type { TextFormat, TextShape } from '../model/column-profile.ts';
import { formatOf } from '../text/formats.ts';
import { letterTests } from '../text/kinds/kind.ts';
import { textKinds } from '../text/kinds/kinds.ts';
import { timestampForms } from '../text/kinds/timestamps.ts';
import { type Aggregates, count, type Measured } from './aggregates.ts';
import type { Classes } from './classes.ts';
import { type DocumentTally, startDocuments, toJsonShape } from './documents.ts';
import { addLength, type LengthTally, toLengths } from './lengths.ts';
import { share } from './round.ts';
import type { Told } from './scope.ts';
import { toSpan } from './timestamps.ts';

// An object or an array, going by its first character. https://sqlite.org/json1.html#interface_overview
const beginsAsDocument = `ltrim(substr(?, 1, 20), char(9, 10, 13, 32)) GLOB '[[{]*'`;
// Trimming takes ten times as long as the order of the bytes, which rules most texts out, in each encoding.
const mayBegin = `(+? COLLATE BINARY < '!' OR +? COLLATE BINARY >= '{' OR (+? COLLATE BINARY >= '[' AND +? COLLATE BINARY < '\\'))`;

const isText = `typeof(?) = 'text'`;
const isDocument = `${mayBegin} AND ${beginsAsDocument}`;
// Most documents begin at once. SQLite computes both sides of an OR, and of a CASE one.
const begins = `CASE WHEN ? GLOB '[[{]*' THEN 1 WHEN +? COLLATE BINARY < '!' THEN ${beginsAsDocument} ELSE 0 END`;

/** The aggregates over all rows of a column with texts and values of other classes. */
export const textAggregates = {
  empty: count(`${isText} AND octet_length(?) = 0`),
  min: `min(length(?)) FILTER (WHERE ${isText})`,
  max: `max(length(?)) FILTER (WHERE ${isText})`,
  bytes: `sum(octet_length(?)) FILTER (WHERE ${isText})`,
  upperCase: count(`${isText} AND lower(?) <> ? COLLATE BINARY`),
  valid: count(`${isText} AND json_valid(?)`),
  began: count(`${isText} AND ${isDocument}`),
  documents: count(`${isText} AND ${isDocument} AND json_valid(?)`),
} as const satisfies Aggregates;

/** The aggregates over a column with texts and NULLs alone, which none of them counts, as far as its ends do not tell them. */
export function textsToAsk({ texts }: Classes): Aggregates {
  if (texts === null) return textAggregates;
  const { hasEmpty, mayBeDocuments } = texts;
  return {
    ...{ bytes: 'sum(?octets)', upperCase: count('?cased'), min: 'min(?length)', max: 'max(?length)' },
    ...(hasEmpty && { empty: count('?octets = 0') }),
    // Whether texts are valid JSON is told of columns with documents alone.
    ...(mayBeDocuments && {
      ...{ valid: count('?valid'), began: count('?begun'), documents: count('?valid AND ?begun') },
    }),
  };
}

/** The expressions of these aggregates, all of them numbers: a text would be copied. Null where there are none. */
export function sharedByTexts({ texts }: Classes): Readonly<Record<string, string>> | null {
  if (texts === null) return null;
  return {
    ...{ octets: 'octet_length(?)', cased: 'lower(?) <> ? COLLATE BINARY', length: 'length(?)' },
    ...(texts.mayBeDocuments && { valid: 'json_valid(?)', begun: `(${begins})` }),
  };
}

/** A tally of the examined texts. It does not grow with their number. */
export interface TextTally {
  seen: number;
  /** The findings about texts that may come again. */
  readonly known: Map<string, Look>;
  readonly lengths: LengthTally;
  /** The number of texts with each trait. */
  readonly traits: Record<Trait, number>;
  readonly formats: Map<TextFormat, number>;
  months: readonly [oldest: string, newest: string] | null;
  /** Null in a column without a document. */
  readonly documents: DocumentTally | null;
}

/** The facts of one text that its patterns tell. */
interface Look {
  readonly length: number;
  readonly traits: readonly Trait[];
  /** Null of free text. */
  readonly format: TextFormat | null;
}

/** Texts of a column that are remembered; in most columns texts come again soon or never. */
const remembered = 1000;

/** Longer texts are not remembered. */
const longestRemembered = 100;

type Trait = 'nonAscii' | 'outerSpace' | 'numeric' | 'leadingZero';

const traits: readonly (readonly [Trait, (text: string) => boolean])[] = [
  ['nonAscii', (text) => letterTests.nonAscii.test(text)],
  // The ends alone: the pattern would try each place of the text.
  ['outerSpace', (text) => letterTests.outerSpace.test(text.charAt(0) + text.charAt(text.length - 1))],
  ['numeric', textKinds.decimal.recognises],
  ['leadingZero', textKinds['leading-zeros'].recognises],
];

/** An empty tally. `isKnown` tells which keys of documents may be shown; see `startDocuments`. */
export function startTexts(hasDocuments: boolean, isKnown: (key: string) => boolean): TextTally {
  return {
    seen: 0,
    known: new Map(),
    lengths: new Map(),
    traits: { nonAscii: 0, outerSpace: 0, numeric: 0, leadingZero: 0 },
    formats: new Map(),
    months: null,
    documents: hasDocuments ? startDocuments(isKnown) : null,
  };
}

/** Looks at one text. */
export function addText(tally: TextTally, text: string): void {
  tally.seen += 1;
  const isDocument = tally.documents?.add(text) === true;
  const { length, traits: found, format } = lookAt(tally, text, isDocument);
  addLength(tally.lengths, length);
  for (const trait of found) tally.traits[trait] += 1;
  if (format === null) return;
  tally.formats.set(format, (tally.formats.get(format) ?? 0) + 1);
  if (!isDated(format)) return;
  const [oldest, newest] = tally.months ?? [text, text];
  tally.months = [text < oldest ? text : oldest, text > newest ? text : newest];
}

function lookAt({ known }: TextTally, text: string, isDocument: boolean): Look {
  const seen = known.get(text);
  if (seen !== undefined) return seen;
  const look: Look = {
    length: lengthOf(text),
    traits: traits.filter(([, has]) => has(text)).map(([trait]) => trait),
    format: isDocument ? 'json' : formatOf(text),
  };
  if (known.size < remembered && text.length <= longestRemembered) known.set(text, look);
  return look;
}

function isDated(format: TextFormat): boolean {
  return timestampForms.some((form) => form === format);
}

/** The shape of the texts of a column. @param looked those of them that were looked at one by one */
export function toTextShape(
  found: Measured<typeof textAggregates>,
  tally: TextTally,
  { total, told, atLeast }: Told,
  looked: Told,
): TextShape {
  const { formats, months, documents } = tally;
  const timestamps = [...formats].reduce((sum, [format, n]) => (isDated(format) ? sum + n : sum), 0);
  const ordered = [...formats].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    empty: share(found.empty, total, atLeast, told),
    length: toLengths(found, tally.lengths, atLeast),
    nonAscii: share(tally.traits.nonAscii, looked.total, atLeast, looked.told),
    upperCase: share(found.upperCase, total, atLeast, told),
    outerSpace: share(tally.traits.outerSpace, looked.total, atLeast, looked.told),
    numeric: share(tally.traits.numeric, looked.total, atLeast, looked.told),
    leadingZero: share(tally.traits.leadingZero, looked.total, atLeast, looked.told),
    formats: Object.fromEntries(ordered.map(([format, n]) => [format, share(n, looked.total, atLeast, looked.told)])),
    span: months === null || timestamps < atLeast ? null : toSpan(...months),
    json:
      documents === null || found.documents < atLeast
        ? null
        : {
            valid: share(found.valid, total, atLeast, told),
            malformed: share(found.began - found.documents, total, atLeast, told),
            ...toJsonShape(documents, atLeast, looked),
          },
  };
}

/** As SQLite's length() counts: characters before the first NUL. https://sqlite.org/lang_corefunc.html#length */
function lengthOf(text: string): number {
  const end = text.indexOf('\0');
  const counted = end < 0 ? text : text.slice(0, end);
  const pairs =
    letterTests.nonAscii.test(text) && /[\ud800-\udbff]/.test(counted)
      ? (counted.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0)
      : 0;
  return counted.length - pairs;
}
