// JSON itself asks only for those below U+0020: https://www.rfc-editor.org/rfc/rfc8259#section-7
const unprintable = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * JSON that means the same and can be shown: characters inside of texts that would steer a terminal or reorder a line, and
 * that JSON need not escape, are escaped.
 */
export function printableJson(json: string): string {
  return json.replace(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
