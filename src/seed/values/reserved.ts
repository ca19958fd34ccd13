import { distinct, repeating, type Series } from './series.ts';
import { draw, shuffle } from './streams.ts';

/** The networks that are kept for documentation. https://www.rfc-editor.org/rfc/rfc5737 */
const networks = ['192.0.2', '198.51.100', '203.0.113'] as const;
const hosts = 254;

/** Addresses that reach nobody: 762 of version 4; where no two may be the same, version 6 goes on. */
export function networkAddresses(key: number): Series<string> {
  const count = networks.length * hosts;
  const address = (place: number): string => `${networks[Math.floor(place / hosts)]}.${(place % hosts) + 1}`;
  return repeating(
    (index) => address(draw(key, index) % count),
    (index) => {
      if (index < count) return address((key + index) % count);
      // https://www.rfc-editor.org/rfc/rfc3849
      return `2001:db8::${(index >>> 16).toString(16)}:${(index & 0xffff).toString(16)}`;
    },
  );
}

/**
 * Telephone numbers that ring nowhere: 555-01XX of 512 area codes, then the same with an extension.
 * https://nationalnanpa.com/number_resource_info/555_numbers.html
 */
export function phoneNumbers(key: number): Series<string> {
  const bits = 9 + 6;
  const place = shuffle(key, bits);
  return distinct((index) => {
    const number = place(index);
    const round = index >>> bits;
    return `+1 ${220 + (number >>> 6)} 555 0${100 + (number & 63)}${round === 0 ? '' : ` ext. ${round + 1}`}`;
  });
}
