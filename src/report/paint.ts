/** The styles that reports use. */
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Puts a style on a text; `plain` puts none. */
export type Paint = (style: Style, text: string) => string;

/** No colours: files, pipes, NO_COLOR. */
export const plain: Paint = (_style, text) => text;
