/** The picture of the schema at the end: tables, keys, and what a DELETE reaches through them. */

/** The actions that change rows of the child. https://sqlite.org/foreignkeys.html#fk_actions */
const actions = new Set(['CASCADE', 'SET NULL', 'SET DEFAULT']);

/** @param {PictureData} picture */
function makeSchema({ tables }) {
  const boxes = layOut(tables);
  const links = [...boxes.values()].flatMap((child) =>
    child.table.keys.flatMap((key) => {
      const parent = boxes.get(foldName(textAt(key.parent)));
      return parent === undefined ? [] : [{ child, parent, key, line: drawLink(child, parent, key.action) }];
    }),
  );
  const drawn = new Map([...boxes.values()].map((each) => [each.name, drawBox(each)]));
  const all = [...boxes.values()];
  const width = Math.max(0, ...all.map(({ x }) => x)) + box.width + 24;
  const height = Math.max(0, ...all.map((each) => each.y + each.height)) + 4;
  const svg = draw(
    'svg',
    { viewBox: `-2 -2 ${width} ${height}`, width, height, role: 'img', 'aria-label': describeLinks(links) },
    ...links.map(({ line }) => line),
    ...drawn.values(),
  );
  const told = make('p', { role: 'status' });
  const parents = new Set(links.filter(({ key }) => actions.has(key.action)).map(({ parent }) => parent.name));
  const choice = makeSelect('Mark what a DELETE reaches from', parents);
  const first = choice.select.options[0];
  if (first !== undefined) first.textContent = 'no table';
  const mark = () => {
    const root = choice.select.value;
    const reached = root === '' ? new Map() : reachedFrom(root, links);
    for (const [name, group] of drawn) {
      group.classList.toggle('root', name === root);
      group.classList.toggle('reached', reached.has(name));
    }
    for (const { parent, child, key, line } of links) {
      const from = parent.name === root || reached.get(parent.name) === 'CASCADE';
      line.classList.toggle('reached', root !== '' && from && reached.has(child.name) && actions.has(key.action));
    }
    const list = [...reached].map(([name, action]) => `${name} (${action})`).join(', ');
    told.textContent = root === '' ? '' : `A DELETE from ${root} reaches ${list === '' ? 'no other table' : list}.`;
  };
  choice.select.addEventListener('change', mark);
  choice.select.value = rootOfLosses(links) ?? '';
  mark();
  return [
    make('h2', { id: 'schema-title' }, 'Schema at the end'),
    parents.size === 0 ? null : make('form', { class: 'filters' }, choice.label),
    told,
    make('p', { class: 'dim' }, '* primary key · → foreign key · broken line: the key acts on a DELETE'),
    make('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-labelledby': 'schema-title' }, svg),
  ];
}

/** @typedef {{ child: Box, parent: Box, key: PicturedTable['keys'][number], line: SVGElement }} Link */

/**
 * The tables that a DELETE from one reaches, with the action that reaches them; rows that only lose a value pass nothing on.
 * @param {string} root
 * @param {readonly Link[]} links
 */
function reachedFrom(root, links) {
  /** @type {Map<string, string>} */
  const reached = new Map();
  const queue = [root];
  for (let parent = queue.shift(); parent !== undefined; parent = queue.shift()) {
    for (const link of links) {
      const { child, key } = link;
      if (link.parent.name !== parent || !actions.has(key.action) || child.name === root) continue;
      const known = reached.get(child.name);
      if (known === 'CASCADE' || (known !== undefined && key.action !== 'CASCADE')) continue;
      reached.set(child.name, key.action);
      if (key.action === 'CASCADE') queue.push(child.name);
    }
  }
  return reached;
}

/**
 * The first table above the rows that a finding lost through a key.
 * @param {readonly Link[]} links
 */
function rootOfLosses(links) {
  const losses = page.findings.filter(({ cause }) => /^cascade-on-|^set-(?:null|default)-by-action$/.test(cause));
  const lost = new Set(losses.map(({ table }) => textAt(table)));
  return links.find(({ child, key }) => lost.has(child.name) && actions.has(key.action))?.parent.name ?? null;
}

/** @param {readonly Link[]} links */
function describeLinks(links) {
  const told = links.map(({ child, parent, key }) => `${child.name} refers to ${parent.name} (${textAt(key.columns)})`);
  return `Tables and foreign keys. ${told.join('; ')}`;
}

/** @param {Box} each */
function drawBox({ name, lines, x, y, height }) {
  const texts = lines.map((line, i) => {
    const top = y + box.head + (i + 1) * box.line - 3;
    return draw('text', { x: x + 6, y: top, class: 'column' }, shortened(line, 30));
  });
  const worst = severityNames.find((severity) =>
    page.findings.some((finding) => finding.severity === severity && textAt(finding.table) === name),
  );
  return draw(
    'g',
    { class: `table ${worst ?? ''}` },
    draw('title', {}, name),
    draw('rect', { x, y, width: box.width, height, rx: 4 }),
    draw('text', { x: x + 6, y: y + 15, class: 'name' }, shortened(name, 24)),
    ...texts,
  );
}

/**
 * @param {Box} child
 * @param {Box} parent
 * @param {string} action
 */
function drawLink(child, parent, action) {
  const [fromX, fromY] = [child.x, child.y + 10];
  const [toX, toY] = [parent.x + box.width, parent.y + 10];
  const bend = child.x > parent.x ? (fromX - toX) / 2 : 20;
  const path =
    child.x > parent.x
      ? `M${fromX} ${fromY}C${fromX - bend} ${fromY} ${toX + bend} ${toY} ${toX} ${toY}`
      : `M${child.x + box.width} ${fromY + 6}C${child.x + box.width + bend} ${fromY + 6} ${toX + bend} ${toY} ${toX} ${toY}`;
  return draw('path', { d: path, class: actions.has(action) ? 'link acts' : 'link' }, draw('title', {}, action));
}

/**
 * @param {string} text
 * @param {number} length
 */
function shortened(text, length) {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
