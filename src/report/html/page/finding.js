/** A finding: one line, and what there is to say about it once it is opened. */

const signs = { error: '✗', warning: '!', note: '·' };

/**
 * A finding of the list; its body is made when it is opened for the first time.
 * @param {FindingData} finding
 */
function makeFinding(finding) {
  const { severity, migration, title, datasets, table } = finding;
  const facts = [textAt(table), datasets.map((at) => page.datasets[at]).join(' · ')].filter((text) => text !== '');
  const summary = make(
    'summary',
    {},
    make(
      'h3',
      {},
      make('span', { class: `sign ${severity}`, 'aria-hidden': 'true' }, signs[severity]),
      make('span', { class: 'hidden' }, `${severity}: `),
      `${textAt(migration)} `,
      make('span', { class: 'title' }, textAt(title)),
    ),
    ...facts.map((fact) => make('span', { class: 'dim' }, fact)),
  );
  const details = make('details', { class: `finding ${severity}`, id: `finding-${finding.id}` }, summary);
  const complete = () => {
    if (details.childElementCount === 1) details.append(makeBody(finding));
  };
  details.addEventListener('toggle', complete);
  const open = () => {
    details.open = true;
    complete();
  };
  return { item: make('li', {}, details), open };
}

/** @param {FindingData} finding */
function makeBody(finding) {
  const { place, statement, frame, sql, message, details = [], needs, why, instead, asks = [], rows = [] } = finding;
  const where = [textAt(place), textAt(statement)].filter((text) => text !== '').join(' · ');
  return make(
    'div',
    { class: 'body' },
    where === '' ? null : make('p', { class: 'place' }, where),
    frame === undefined ? null : makeFrame(frame),
    sql === undefined ? null : make('pre', {}, make('code', {}, textAt(sql))),
    make('p', { class: 'message' }, textAt(message)),
    ...details.map((text) => make('p', {}, textAt(text))),
    needs === undefined ? null : make('p', {}, textAt(needs)),
    rows.length === 0 ? null : make('div', { class: 'tables' }, ...rows.map(makeRows)),
    finding.growth === undefined ? null : makeGrowth(finding.growth),
    ...(why === undefined ? [] : [make('h4', {}, 'Why'), make('p', {}, textAt(why))]),
    ...(instead === undefined ? [] : [make('h4', {}, 'Instead'), make('p', {}, textAt(instead))]),
    ...(asks.length === 0 ? [] : [make('h4', {}, 'Ask production')]),
    ...asks.map((ask) => makeCopied(textAt(ask))),
    ...(finding.rewrite === undefined ? [] : makeRewrite(finding.rewrite)),
    ...(finding.script === undefined
      ? []
      : [make('h4', {}, 'Reproduction, for the sqlite3 shell'), makeCopied(textAt(finding.script))]),
    makeSchemaDiff(textAt(finding.migration)),
    make('p', { class: 'dim' }, make('code', {}, `rowproof explain ${finding.cause}`)),
  );
}

/**
 * The corrected migration: what is said of it, its difference, and the whole file to copy.
 * @param {NonNullable<FindingData['rewrite']>} rewrite
 */
function makeRewrite({ text, told, diff }) {
  const lines = textAt(diff)
    .split('\n')
    .map((line) => make(line.startsWith('+') ? 'ins' : line.startsWith('-') ? 'del' : 'span', {}, `${line}\n`));
  return [
    make('h4', {}, 'Rewrite'),
    ...told.map((sentence) => make('p', {}, textAt(sentence))),
    makeCopied(textAt(text), make('code', {}, ...lines)),
  ];
}

/**
 * Lines of a file with their numbers; the line of the finding is marked.
 * @param {NonNullable<FindingData['frame']>} frame
 */
function makeFrame({ first, line, end, text }) {
  const lines = textAt(text).split('\n');
  const width = String(first + lines.length).length;
  const shown = lines.map((content, i) => {
    const number = first + i;
    const isMarked = number === line;
    const part = number > line && number <= end ? 'statement' : 'context';
    const gutter = make('span', { class: 'gutter' }, `${isMarked ? '>' : ' '} ${String(number).padStart(width)} │ `);
    return isMarked
      ? make('mark', { class: 'line' }, gutter, `${content}\n`)
      : make('span', { class: `line ${part}` }, gutter, `${content}\n`);
  });
  return make('pre', { class: 'frame' }, make('code', {}, ...shown));
}

/**
 * A small table of rows.
 * @param {RowsData} data
 */
function makeRows({ caption, columns, rows }) {
  const heads = columns.map((column) => make('th', { scope: 'col' }, textAt(column)));
  const lines = rows.map((cells) => make('tr', {}, ...cells.map((cell) => make('td', {}, textAt(cell)))));
  const table = make(
    'table',
    { class: 'rows' },
    make('caption', {}, textAt(caption)),
    make('thead', {}, make('tr', {}, ...heads)),
    make('tbody', {}, ...lines),
  );
  return make('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': textAt(caption) }, table);
}

/**
 * A text with a button that copies it; another one may be shown for it.
 * @param {string} text
 * @param {HTMLElement} code
 */
function makeCopied(text, code = make('code', {}, text)) {
  const button = make('button', { type: 'button', class: 'copy' }, 'Copy');
  button.addEventListener('click', async () => {
    button.textContent = (await copyText(text, code)) ? 'Copied' : 'Selected';
    setTimeout(() => (button.textContent = 'Copy'), 2000);
  });
  return make('div', { class: 'copied' }, make('pre', {}, code), button);
}

/**
 * Copies a text; where the browser allows no page to do that, selects it.
 * @param {string} text
 * @param {Node} shown
 */
async function copyText(text, shown) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection()?.selectAllChildren(shown);
    return false;
  }
}
