import type { TextFormat } from '../../model/profile.ts';

/** What a text that is known beforehand, such as a default, takes from the shares of a profile. */
export interface Traits {
  readonly format: TextFormat | null;
  readonly upperCase: boolean;
  readonly nonAscii: boolean;
  readonly outerSpace: boolean;
  readonly numeric: boolean;
  readonly leadingZero: boolean;
}

const formats: readonly (readonly [TextFormat, RegExp])[] = [
  ['uuid', /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i],
  ['iso-datetime', /^\d{4}-\d\d-\d\dT\d\d:\d\d/],
  ['sqlite-datetime', /^\d{4}-\d\d-\d\d \d\d:\d\d/],
  ['iso-date', /^\d{4}-\d\d-\d\d$/],
  ['boolean', /^[01]$/],
  ['integer', /^[+-]?\d+$/],
  ['email', /^[^\s@]+@[^\s@]+$/],
  ['url', /^[a-z][a-z\d+.-]*:\/\/\S+$/i],
  ['hex', /^(?:[\da-f]{2}){4,}$/i],
  ['slug', /^[a-z\d]+(?:[-_][a-z\d]+)*$/],
  ['base64', /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[\w+/-]{4,}={0,2}$/],
];

/** Reads what a text is like, in the words of a profile. */
export function traitsOf(text: string): Traits {
  const isDocument = /^\s*[[{]/.test(text) && isJson(text);
  return {
    format: isDocument ? 'json' : (formats.find(([, pattern]) => pattern.test(text))?.[0] ?? null),
    upperCase: /[A-Z]/.test(text),
    nonAscii: /[\u0080-\uffff]/.test(text),
    outerSpace: /^\s|\s$/.test(text),
    numeric: /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text),
    leadingZero: /^0\d+$/.test(text),
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
