import { type TextFormat, type TextShape, textFormats } from '../../model/column-profile.ts';
import { formatOf } from '../../text/formats.ts';
import { letterTests, type TextKindName } from '../../text/kinds/kind.ts';
import { textKinds } from '../../text/kinds/kinds.ts';
import { type TimestampForm, timestampForms } from '../../text/kinds/timestamps.ts';
import { codeWidth, letterCode } from '../../text/letter-codes.ts';
import { uuids } from '../values/codes.ts';
import { draw } from '../values/streams.ts';
import { documentMaker } from './documents.ts';
import { dealLengths, type KindLengths } from './lengths.ts';
import { fixedPart, type Part, type Values } from './parts.ts';
import { carve, type Strand, strand } from './strands.ts';
import { timestampCapacity, timestampLengths, timestamps } from './timestamp-spans.ts';

/** Texts of a column, by shares of all rows of the table. */
export interface TextBudget {
  readonly shape: TextShape;
  /** All texts, those that other parts hold included. */
  readonly share: number;
  /** The share below which a difference of shares may be nothing. */
  readonly noise: number;
  /** Texts that other parts hold already, with their shares. */
  readonly taken: readonly (readonly [text: string, share: number])[];
  readonly key: number;
  readonly words: readonly string[];
}

/** The making of the texts of a strand. */
interface Making {
  readonly budget: TextBudget;
  readonly strand: Strand;
  readonly lengths: KindLengths;
  readonly document: ReturnType<typeof documentMaker>;
}

/** The parts of a column's texts. */
export function textParts(budget: TextBudget): Part[] {
  const { shape } = budget;
  const empty = remaining(budget, shape.empty, (text) => text === '');
  const kinds = kindsOf(budget, empty);
  const strands = strandsOf(budget, kinds);
  const order = [...kinds.keys()];
  const sized = order.map((kind) => ({ share: kinds.get(kind) ?? 0, length: fixedLength(kind, shape) }));
  const fixed = [['', empty] as const, ...budget.taken].map(([text, share]) => ({ share, length: [...text].length }));
  const lengths = dealLengths(shape.length, [...sized, ...fixed]);
  const document = documentMaker(shape.json?.types ?? {}, shape.json?.paths ?? []);
  const making = (each: Strand): Making => {
    const own = lengths[order.indexOf(each.kind)] ?? { at: () => shape.length.p50, alone: shape.length.p50 };
    return { budget, strand: each, lengths: own, document };
  };
  return [...(empty > 0 ? [fixedPart(empty, '')] : []), ...strands.flatMap((each) => partsOf(making(each)))];
}

/** The share of all rows that a share of the texts comes to, without what other parts hold. */
function remaining({ share, taken }: TextBudget, ofTexts: number, test: (text: string) => boolean): number {
  const held = taken.reduce((all, [text, part]) => (test(text) ? all + part : all), 0);
  return clean(share * ofTexts - held);
}

/** A difference that comes from rounding has no rows. */
function clean(share: number): number {
  return share < 1e-9 ? 0 : share;
}

/** The kinds that a column has, with their shares of all rows. */
function kindsOf(budget: TextBudget, empty: number): Map<TextKindName, number> {
  const { shape, share, taken } = budget;
  const ofFormat = (format: TextFormat): number =>
    remaining(
      budget,
      shape.formats[format] ?? 0,
      (text) => (textKinds.json.recognises(text) ? 'json' : formatOf(text)) === format,
    );
  const whole = ofFormat('integer');
  const zeros = Math.min(whole, remaining(budget, shape.leadingZero, textKinds['leading-zeros'].recognises));
  const flags = ofFormat('boolean');
  const numeric = remaining(budget, shape.numeric, textKinds.decimal.recognises);
  const kinds = new Map<TextKindName, number>([
    ['integer', rounded(whole - zeros, budget)],
    ['leading-zeros', zeros],
    ['flag', flags],
    ['decimal', rounded(numeric - whole - flags, budget)],
    ['malformed', clean(share * (shape.json?.malformed ?? 0))],
    ['quoted', clean(share * (shape.json?.valid ?? 0) * (shape.json?.types.text ?? 0))],
  ]);
  for (const format of formatKinds) kinds.set(format, ofFormat(format));
  // The rest of a format beside known texts may come from rounding.
  if (taken.length > 0) for (const [kind, part] of kinds) kinds.set(kind, rounded(part, budget));
  const held = taken.reduce((all, [, part]) => all + part, 0);
  const known = [...kinds.values()].reduce((all, part) => all + part, 0);
  kinds.set('free', rounded(share - held - empty - known, budget));
  return new Map([...kinds].filter(([, part]) => part > 0));
}

/** A difference that comes from rounding is not free text. */
function rounded(left: number, { noise }: TextBudget): number {
  return left < noise ? 0 : left;
}

/** The formats that are a kind by themselves; flags and whole numbers are told from others first. */
const formatKinds = textFormats.filter((format) => format !== 'boolean' && format !== 'integer');

function strandsOf(budget: TextBudget, kinds: ReadonlyMap<TextKindName, number>): Strand[] {
  const { shape } = budget;
  let strands = [...kinds].map(([kind, share]) => strand(kind, share));
  for (const letters of ['nonAscii', 'outerSpace', 'upperCase'] as const) {
    const wanted = remaining(budget, shape[letters], (text) => letterTests[letters].test(text));
    strands = carve(strands, letters, wanted);
  }
  return strands;
}

function fixedLength(kind: TextKindName, shape: TextShape): number | null {
  if (kind === 'uuid') return 36;
  if (kind === 'flag') return 1;
  return isTimestamp(kind) ? timestampLength(kind, shape) : null;
}

function isTimestamp(kind: TextKindName): kind is TimestampForm {
  return timestampForms.some((form) => form === kind);
}

/**
 * The usual length of a timestamp that is nearest to what most texts have, or to the longest where it is one of few.
 */
function timestampLength(form: TimestampForm, { length: { min, p50, max }, formats }: TextShape): number {
  const possible = timestampLengths(form).filter((length) => length >= min && length <= max);
  const likely = (formats[form] ?? 0) >= 0.5 ? p50 : max;
  return possible.includes(likely) ? likely : (possible[0] ?? timestampLengths(form)[0] ?? p50);
}

function partsOf(making: Making): Part[] {
  const { budget, strand: each } = making;
  const { kind, share, upperCase } = each;
  const { shape, key } = budget;
  if (kind === 'flag') return [{ share, capacity: 2, values: () => (group) => String((group + 1) % 2) }];
  if (isTimestamp(kind)) {
    const span = shape.span ?? { oldest: '2024-01', newest: '2025-12' };
    const length = timestampLength(kind, shape);
    return [
      {
        share,
        capacity: timestampCapacity(kind, length, span),
        values: (groups) => timestamps(kind, length, span, groups),
      },
    ];
  }
  if (kind === 'uuid') {
    const at = uuids(key);
    const written = (text: string): string => (upperCase ? text.toUpperCase() : text);
    return [{ share, capacity: Number.POSITIVE_INFINITY, values: (_, first) => (group) => written(at(first + group)) }];
  }
  const spelling = kind === 'free' || kind === 'email' || kind === 'slug' ? (upperCase ? 'capital' : 'small') : null;
  return [
    {
      share,
      capacity: Number.POSITIVE_INFINITY,
      values: (groups, first) => textsOf(making, kind, groups, first),
      ...(spelling !== null && !each.nonAscii && !each.outerSpace && { spelling }),
    },
  ];
}

/** Texts as long as their place asks for, each with a code of its own. */
function textsOf(
  { budget, strand: each, lengths, document }: Making,
  kind: TextKindName,
  groups: number,
  first: number,
): Values {
  const { key, words } = budget;
  const { upperCase, nonAscii, outerSpace } = each;
  const width = codeWidth(first + groups);
  const { write } = textKinds[kind];
  const isFree = kind === 'free';
  return (group, place) => {
    const number = first + group;
    const code = (nonAscii ? 'é' : '') + letterCode(number, width);
    const text = write({
      number,
      // Documents of another strand hold the first of their kind.
      mark: upperCase || nonAscii || outerSpace ? number : group,
      place,
      length: (groups === 1 ? lengths.alone : lengths.at(place)) - Number(outerSpace),
      code: upperCase && !isFree ? code.toUpperCase() : code,
      words,
      random: draw(key, number),
      document,
      isPlain: !(upperCase || nonAscii || outerSpace),
    });
    return (isFree && upperCase ? capitalised(text) : text) + (outerSpace ? ' ' : '');
  };
}

/** A text with its first letter as a capital. */
function capitalised(text: string): string {
  return text.replace(/[a-z]/, (letter) => letter.toUpperCase());
}
