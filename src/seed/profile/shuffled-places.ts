import { shuffle } from '../values/streams.ts';

/** Another place from 0 to `size` - 1 for every index in that range, in no order that means anything. */
export function shuffledPlaces(key: number, size: number): (index: number) => number {
  if (size < 2) return (index) => index;
  const place = shuffle(key, 32 - Math.clz32(size - 1));
  return (index) => {
    // A place beyond is shuffled again until it lies inside: the whole stays a shuffle, and two turns are enough on
    // average.
    let at = place(index);
    while (at >= size) at = place(at);
    return at;
  };
}
