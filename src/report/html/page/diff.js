/** What a migration does to the schema: an object for each, with its lines before and after. */

/** @type {ReadonlyMap<string, PictureData['schema'][number]['objects']>} */
const schemaSteps = new Map((page.picture?.schema ?? []).map(({ migration, objects }) => [textAt(migration), objects]));

/**
 * The changes of a migration, closed at first; null where the schema stays.
 * @param {string} migration
 */
function makeSchemaDiff(migration) {
  const objects = schemaSteps.get(migration) ?? [];
  if (objects.length === 0) return null;
  const changes = objects.map(([type, name, before, after]) => {
    const verb = before === null ? 'makes' : after === null ? 'removes' : 'changes';
    const lines = diffLines(linesOf(before), linesOf(after)).map(({ sign, text }) => {
      const tag = sign === '+' ? 'ins' : sign === '-' ? 'del' : 'span';
      return make(tag, {}, `${sign} ${text}\n`);
    });
    return make(
      'li',
      {},
      make('p', {}, `${verb} ${type} `, make('b', {}, textAt(name))),
      make('pre', {}, make('code', {}, ...lines)),
    );
  });
  const title = `The migration changes ${counted(objects.length, 'object')} of the schema`;
  return make('details', { class: 'more' }, make('summary', {}, title), make('ul', { class: 'plain' }, ...changes));
}

/**
 * A text in lines; one statement on one line is broken at the commas between its parts, so that a new column is one line.
 * @param {number | null} place
 */
function linesOf(place) {
  if (place === null) return [];
  const text = textAt(place);
  return text.includes('\n') ? text.split('\n') : breakParts(text);
}

/** @param {string} text */
function breakParts(text) {
  /** @type {string[]} */
  const lines = [];
  let line = '';
  let depth = 0;
  let quote = '';
  for (const character of text) {
    line += character;
    if (quote !== '') {
      if (character === quote) quote = '';
      continue;
    }
    if (`'"\``.includes(character)) quote = character;
    if (character === '(') depth++;
    if (character === ')') depth--;
    if ((character === '(' && depth === 1) || (character === ',' && depth === 1)) {
      lines.push(line);
      line = ' ';
    }
  }
  return [...lines, line].map((each) => each.replace(/^\s+/, '  '));
}

/**
 * The lines of two texts with their signs, by the longest common subsequence.
 * @param {readonly string[]} before
 * @param {readonly string[]} after
 * @returns {{ sign: '+' | '-' | ' ', text: string }[]}
 */
function diffLines(before, after) {
  const width = after.length + 1;
  const common = new Uint16Array((before.length + 1) * width);
  const same = (/** @type {number} */ i, /** @type {number} */ j) => plainLine(before[i]) === plainLine(after[j]);
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i * width + j] = same(i, j)
        ? 1 + (common[(i + 1) * width + j + 1] ?? 0)
        : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
  /** @type {{ sign: '+' | '-' | ' ', text: string }[]} */
  const lines = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && same(i, j)) {
      lines.push({ sign: ' ', text: after[j] ?? '' });
      i++;
      j++;
    } else if (
      j >= after.length ||
      (i < before.length && (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))
    )
      lines.push({ sign: '-', text: before[i++] ?? '' });
    else lines.push({ sign: '+', text: after[j++] ?? '' });
  }
  return lines;
}

/**
 * Spaces and a comma at the end do not make another line.
 * @param {string | undefined} line
 */
function plainLine(line = '') {
  return line
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/\s*[,)]+$/, '');
}
