/** The list of findings: only as many elements as somebody looks at, however many findings there are. */

/** How many findings are added at a time, and how many a printed page opens. */
const portion = 100;

/** Up to how many findings the first one is open from the start: what there is to read shows at once. */
const few = 5;

/**
 * The list with its count and its way to more. @returns it, and the function that shows other findings.
 */
function makeList() {
  const list = make('ol', { class: 'findings' });
  const status = make('p', { role: 'status' });
  const more = make('button', { type: 'button', class: 'more-findings' }, 'Show more findings');
  /** @type {readonly FindingData[]} */
  let chosen = [];
  /** @type {(() => void)[]} */
  let openers = [];
  const add = () => {
    const next = chosen.slice(openers.length, openers.length + portion).map(makeFinding);
    list.append(...next.map(({ item }) => item));
    openers.push(...next.map(({ open }) => open));
    more.hidden = openers.length >= chosen.length;
  };
  more.addEventListener('click', () => {
    const before = openers.length;
    add();
    list.children[before]?.querySelector('summary')?.focus();
  });
  new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting) && openers.length > 0) add();
    },
    { rootMargin: '400px' },
  ).observe(more);
  addEventListener('beforeprint', () => {
    for (const open of openers) open();
  });
  return {
    parts: [status, list, more],
    /** @param {Choice} choice */
    show: (choice) => {
      chosen = page.findings.filter((finding) => isChosen(finding, choice));
      openers = [];
      list.replaceChildren();
      status.textContent = `${chosen.length} of ${counted(page.findings.length, 'finding')}`;
      add();
      if (chosen.length <= few) openers[0]?.();
    },
  };
}
