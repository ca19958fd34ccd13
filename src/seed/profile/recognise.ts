import type { TextFormat } from '../../model/column-profile.ts';
import { formatOf } from '../../text/formats.ts';

/** What a text that is known beforehand, such as a default, takes from the shares of a profile. */
export interface Traits {
  readonly format: TextFormat | null;
  readonly upperCase: boolean;
  readonly nonAscii: boolean;
  readonly outerSpace: boolean;
  readonly numeric: boolean;
  readonly leadingZero: boolean;
}

/** Reads what a text is like, in the words of a profile. */
export function traitsOf(text: string): Traits {
  const isDocument = /^\s*[[{]/.test(text) && isJson(text);
  return {
    format: isDocument ? 'json' : formatOf(text),
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
