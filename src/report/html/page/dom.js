/**
 * Elements and texts of the page. A text of the project is only ever set as text, so none of it becomes markup.
 * @typedef {import('../data.ts').PageData} PageData
 * @typedef {import('../finding-data.ts').FindingData} FindingData
 * @typedef {import('../finding-data.ts').RowsData} RowsData
 * @typedef {import('../picture-data.ts').PictureData} PictureData
 * @typedef {Node | string | null} Child
 */

/** @type {PageData} */
const page = JSON.parse(element('data').textContent ?? '');

/**
 * The element of an id, which the page has.
 * @param {string} id
 */
function element(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no element ${id}.`);
  return found;
}

/**
 * The text at a place of the table of texts.
 * @param {number | undefined | null} place
 */
function textAt(place) {
  return place === undefined || place === null ? '' : (page.texts[place] ?? '');
}

/**
 * Makes an element. An attribute that is false or null is left out.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Readonly<Record<string, string | number | boolean | null>>} attributes
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
function make(tag, attributes, ...children) {
  const made = document.createElement(tag);
  fill(made, attributes, children);
  return made;
}

/**
 * Makes an element of a drawing.
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Readonly<Record<string, string | number | boolean | null>>} attributes
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[K]}
 */
function draw(tag, attributes, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  fill(made, attributes, children);
  return made;
}

/**
 * @param {Element} made
 * @param {Readonly<Record<string, string | number | boolean | null>>} attributes
 * @param {readonly Child[]} children
 */
function fill(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes))
    if (value !== false && value !== null) made.setAttribute(name, String(value));
  made.append(...children.filter((child) => child !== null));
}

/**
 * `1 finding`, `3 findings`.
 * @param {number} count
 * @param {string} noun
 */
function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
