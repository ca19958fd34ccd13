import { type TextFormat, type TextShape, textFormats } from '../../model/column-profile.ts';
import { formatOf } from '../../text/formats.ts';
import { letterTests, type TextKindName } from '../../text/kinds/kind.ts';
import { textKinds } from '../../text/kinds/kinds.ts';
import { type TimestampStyle, timestampForms, timestampStyles } from '../../text/kinds/timestamps.ts';
import { codeWidth, letterCode } from '../../text/letter-codes.ts';
import { draw } from '../values/streams.ts';
import { documentMaker } from './documents.ts';
import { dealLengths, type KindLengths } from './lengths.ts';
import { type Budget, fixedPart, type Part, remaining, type Values } from './parts.ts';
import { carve, type Strand, strand } from './strands.ts';
import { timestampPart } from './timestamp-spans.ts';

/** Texts of a column. */
export interface TextBudget extends Budget<TextShape, string> {
  readonly key: number;
  readonly words: readonly string[];
}

/** The making of the texts of a strand. */
interface Making extends Strand {
  readonly budget: TextBudget;
  readonly lengths: KindLengths;
  readonly document: ReturnType<typeof documentMaker>;
}

/** The parts of a column's texts. */
export function textParts(budget: TextBudget): Part[] {
  const { shape, known } = budget;
  const empty = remaining(budget, shape.empty, (text) => text === '');
  const kinds = kindsOf(budget, empty);
  const order = [...kinds.keys()];
  const sized = [...kinds].map(([kind, share]) => ({ share, length: fixedLength(kind, shape) }));
  const fixed = [{ value: '', share: empty }, ...known].map(({ value, share }) => ({
    share,
    length: [...value].length,
  }));
  const lengths = dealLengths(shape.length, [...sized, ...fixed]);
  const document = documentMaker(shape.json?.types ?? {}, shape.json?.paths ?? []);
  const parts = strandsOf(budget, kinds).flatMap((each) => {
    const own = lengths[order.indexOf(each.kind)];
    return own === undefined ? [] : partsOf({ ...each, budget, lengths: own, document });
  });
  return [...(empty > 0 ? [fixedPart(empty, '')] : []), ...parts];
}

/** The kinds that a column has, with their shares of all rows. */
function kindsOf(budget: TextBudget, empty: number): Map<TextKindName, number> {
  const { shape, share, known, noise } = budget;
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
  const told: [TextKindName, number][] = [
    ['leading-zeros', zeros],
    ['flag', flags],
    ['malformed', share * (shape.json?.malformed ?? 0)],
    ...formatKinds.map((format): [TextKindName, number] => [format, ofFormat(format)]),
  ];
  // The rest of a format beside known texts may come from rounding.
  const least = known.length > 0 ? noise : 0;
  const differences: [TextKindName, number][] = [
    ['integer', whole - zeros],
    ['decimal', numeric - whole - flags],
  ];
  const kinds = [...differences.filter(([, part]) => part >= noise), ...told.filter(([, part]) => part >= least)];
  const rest = kinds.reduce((left, [, part]) => left - part, remaining(budget, 1, () => true) - empty);
  return new Map([...kinds, ['free' as const, rest < noise ? 0 : rest] as const].filter(([, part]) => part > 1e-9));
}

/** The formats that are a kind by themselves; flags and whole numbers are told from others first. */
const formatKinds = textFormats.filter((format) => format !== 'boolean' && format !== 'integer');

function strandsOf(budget: TextBudget, kinds: ReadonlyMap<TextKindName, number>): readonly Strand[] {
  const letters = ['nonAscii', 'outerSpace', 'upperCase'] as const;
  return letters.reduce<readonly Strand[]>(
    (strands, each) =>
      carve(
        strands,
        each,
        remaining(budget, budget.shape[each], (text) => letterTests[each].test(text)),
      ),
    [...kinds].map(([kind, share]) => strand(kind, share)),
  );
}

/** The length of all texts of a kind; null where it is a choice. */
function fixedLength(kind: TextKindName, shape: TextShape): number | null {
  if (kind === 'uuid') return 36;
  return kind === 'flag' ? 1 : (styleOf(kind, shape)?.length ?? null);
}

/** The style of timestamps that is as long as half of the texts, or the usual one; null for other kinds. */
function styleOf(kind: TextKindName, { length: { p50 } }: TextShape): TimestampStyle | null {
  const form = timestampForms.find((each) => each === kind);
  if (form === undefined) return null;
  const styles = timestampStyles[form];
  return styles.find(({ length }) => length === p50) ?? styles[0];
}

function partsOf(making: Making): Part[] {
  const { budget, kind, share, upperCase, nonAscii, outerSpace } = making;
  const style = styleOf(kind, budget.shape);
  if (style !== null) return timestampPart(share, style, budget.shape.span ?? { oldest: '2024-01', newest: '2025-12' });
  const isSpelled = (kind === 'free' || kind === 'email' || kind === 'slug') && !nonAscii && !outerSpace;
  return [
    {
      share,
      capacity: kind === 'flag' ? 2 : Number.POSITIVE_INFINITY,
      values: (groups, first) => textsOf(making, groups, first),
      spelling: isSpelled ? (upperCase ? 'capital' : 'small') : undefined,
    },
  ];
}

/** Texts as long as their place asks for, each with a code of its own. */
function textsOf(making: Making, groups: number, first: number): Values {
  const { budget, kind, lengths, document, upperCase, nonAscii, outerSpace } = making;
  const { key, words } = budget;
  const width = codeWidth(first + groups);
  const { write } = textKinds[kind];
  const isFree = kind === 'free';
  const isPlain = !(upperCase || nonAscii || outerSpace);
  return (group, place) => {
    const number = first + group;
    const code = (nonAscii ? 'é' : '') + letterCode(number, width);
    const text = write({
      number,
      // Documents of another strand hold the first of their kind.
      mark: isPlain ? group : number,
      place,
      length: (groups === 1 ? lengths.alone : lengths.at(place)) - Number(outerSpace),
      code: upperCase && !isFree ? code.toUpperCase() : code,
      words,
      random: draw(key, number),
      document,
      isPlain,
    });
    return (isFree && upperCase ? capitalised(text) : text) + (outerSpace ? ' ' : '');
  };
}

/** A text with its first letter as a capital. */
function capitalised(text: string): string {
  return text.replace(/[a-z]/, (letter) => letter.toUpperCase());
}
