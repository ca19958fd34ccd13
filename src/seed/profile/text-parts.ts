import { type TextFormat, type TextShape, textFormats } from '../../model/column-profile.ts';
import { formatOf } from '../../text/formats.ts';
import { letterTests, type TextKindName } from '../../text/kinds/kind.ts';
import { textKinds } from '../../text/kinds/kinds.ts';
import { type TimestampStyle, timestampForms, timestampStyles } from '../../text/kinds/timestamps.ts';
import { codeWidth, letterCode } from '../../text/letter-codes.ts';
import { draw } from '../values/streams.ts';
import { documentMaker } from './documents.ts';
import { dealLengths } from './lengths.ts';
import { type Budget, fixedPart, leastShare, type Part, remaining, type Values } from './parts.ts';
import { carve, type Strand } from './strands.ts';
import { timestampPart } from './timestamp-spans.ts';

/** Texts of a column. */
export interface TextBudget extends Budget<string> {
  readonly key: number;
  readonly words: readonly string[];
}

/** The parts of a column's texts. */
export function textParts(shape: TextShape, budget: TextBudget): Part[] {
  const empty = remaining(budget, shape.empty, (text) => text === '');
  const kinds = kindsOf(shape, budget, empty);
  const fixed = [{ value: '', share: empty }, ...budget.known].map(({ value, share }) => ({
    share,
    length: [...value].length,
  }));
  const chosen = kinds.map(([kind, share]) => ({ share, length: fixedLength(kind, shape) }));
  const lengths = dealLengths(shape.length, [...chosen, ...fixed]);
  const letters = ['nonAscii', 'outerSpace', 'upperCase'] as const;
  const strands = letters.reduce<readonly Strand[]>(
    (some, each) =>
      carve(
        some,
        each,
        remaining(budget, shape[each], (text) => letterTests[each].test(text)),
      ),
    kinds.flatMap(([kind, share], i) =>
      lengths[i] === undefined
        ? []
        : { kind, share, lengths: lengths[i], upperCase: false, nonAscii: false, outerSpace: false },
    ),
  );
  const document = documentMaker(shape.json?.types ?? {}, shape.json?.paths ?? []);
  return [fixedPart(empty, ''), ...strands.map((strand) => partOf(strand, shape, { ...budget, document }))];
}

/** The kinds that a column has, with their shares of all rows. */
function kindsOf(shape: TextShape, budget: TextBudget, empty: number): [TextKindName, number][] {
  const { share, known, noise } = budget;
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
  const all: [TextKindName, number][] = [...kinds, ['free', rest < noise ? 0 : rest]];
  return all.filter(([, part]) => part > leastShare);
}

/** The formats that are a kind by themselves; flags and whole numbers are told from others first. */
const formatKinds = textFormats.filter((format) => format !== 'boolean' && format !== 'integer');

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

/** The ingredients of a column's texts. */
interface Ingredients extends Pick<TextBudget, 'key' | 'words'> {
  readonly document: ReturnType<typeof documentMaker>;
}

function partOf(strand: Strand, shape: TextShape, ingredients: Ingredients): Part {
  const { kind, share, upperCase, nonAscii, outerSpace } = strand;
  const style = styleOf(kind, shape);
  if (style !== null) return timestampPart(share, style, shape.span ?? { oldest: '2024-01', newest: '2025-12' });
  const isSpelled = (kind === 'free' || kind === 'email' || kind === 'slug') && !nonAscii && !outerSpace;
  return {
    share,
    capacity: kind === 'flag' ? 2 : Number.POSITIVE_INFINITY,
    values: (groups, first) => textsOf(strand, ingredients, groups, first),
    spelling: isSpelled ? (upperCase ? 'capital' : 'small') : undefined,
  };
}

/** Texts as long as their place asks for, each with a code of its own. */
function textsOf(
  { kind, lengths, upperCase, nonAscii, outerSpace }: Strand,
  { key, words, document }: Ingredients,
  groups: number,
  first: number,
): Values {
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
