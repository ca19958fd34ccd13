/**
 * Characters that would steer a terminal (control characters, DEL and those of C1 among them), break or reorder a line, or
 * hide in it (https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters), and those that XML cannot hold: halves
 * of surrogate pairs and noncharacters (https://www.w3.org/TR/xml/#charsets). Names and values of strangers may have any.
 */
const unprintable =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]/gu;

/** `text` with each such character as `written` gives it. */
export function withEscapes(text: string, written: (character: string) => string): string {
  return text.replace(unprintable, written);
}
