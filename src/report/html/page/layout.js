/**
 * Places for the tables of a schema: parents to the left of their children.
 * @typedef {PictureData['tables'][number]} PicturedTable
 * @typedef {{ table: PicturedTable, name: string, lines: string[], x: number, y: number, height: number }} Box
 */

const box = { width: 190, line: 15, head: 20, gapX: 70, gapY: 14 };

/** The most columns that a box names. */
const namedColumns = 6;

/**
 * @param {PictureData['tables']} tables
 * @returns {Map<string, Box>} by the folded name of the table
 */
function layOut(tables) {
  const levels = levelsOf(tables);
  /** @type {Map<string, Box>} */
  const boxes = new Map();
  const used = /** @type {number[]} */ ([]);
  for (const table of tables) {
    const level = levels.get(foldName(textAt(table.name))) ?? 0;
    const lines = linesOfBox(table);
    const height = box.head + lines.length * box.line + 6;
    const y = used[level] ?? 0;
    used[level] = y + height + box.gapY;
    const x = level * (box.width + box.gapX);
    boxes.set(foldName(textAt(table.name)), { table, name: textAt(table.name), lines, x, y, height });
  }
  return boxes;
}

/** @param {PicturedTable} table */
function linesOfBox({ columns, keys }) {
  const inKeys = new Set(keys.flatMap((key) => textAt(key.columns).split(', ').map(foldName)));
  const ranked = columns.toSorted((a, b) => rankOf(a) - rankOf(b));
  /** @param {PicturedTable['columns'][number]} column */
  function rankOf([name, , isKey]) {
    return isKey ? 0 : inKeys.has(foldName(textAt(name))) ? 1 : 2;
  }
  const shown = ranked.slice(0, namedColumns).map((column) => {
    const sign = ['*', '→', ' '][rankOf(column)];
    return `${sign} ${textAt(column[0])} ${textAt(column[1])}`;
  });
  const rest = columns.length - shown.length;
  return rest > 0 ? [...shown, `  and ${counted(rest, 'more column')}`] : shown;
}

/**
 * How many parents stand before a table at most; a loop ends where it closes. Tables without any key stand at the left.
 * @param {PictureData['tables']} tables
 */
function levelsOf(tables) {
  const byName = new Map(tables.map((table) => [foldName(textAt(table.name)), table]));
  /** @type {Map<string, number>} */
  const levels = new Map();
  /** @type {(name: string, path: ReadonlySet<string>) => number} */
  const levelOf = (name, path) => {
    const known = levels.get(name);
    if (known !== undefined) return known;
    const parents = (byName.get(name)?.keys ?? []).map(({ parent }) => foldName(textAt(parent)));
    const inside = new Set([...path, name]);
    const above = parents.filter((parent) => byName.has(parent) && !inside.has(parent));
    const level = Math.min(12, Math.max(-1, ...above.map((parent) => levelOf(parent, inside))) + 1);
    levels.set(name, level);
    return level;
  };
  for (const name of byName.keys()) levelOf(name, new Set());
  return levels;
}

/**
 * SQLite folds the case of ASCII letters alone.
 * @param {string} text
 */
function foldName(text) {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
