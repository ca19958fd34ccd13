/**
 * Characters that would steer a terminal (control characters, DEL and those of C1 among them), break or reorder a line, or
 * hide in it. Names and values of strangers may have any. https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
 */
const steering =
  /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** `text` with each such character as `written` gives it. */
export function withEscapes(text: string, written: (character: string) => string): string {
  return text.replace(steering, written);
}

/**
 * JSON text of the same value that is inert when it is printed: JSON.stringify leaves DEL, C1, separators and direction
 * marks as they are. Line breaks stand between tokens alone, where an escape may not. https://www.rfc-editor.org/rfc/rfc8259#section-7
 */
export function inertJson(json: string): string {
  return withEscapes(json, (character) =>
    character === '\n'
      ? character
      : Array.from({ length: character.length }, (_, i) => `\\u${unit(character.charCodeAt(i))}`).join(''),
  );
}

function unit(code: number): string {
  return code.toString(16).padStart(4, '0');
}
