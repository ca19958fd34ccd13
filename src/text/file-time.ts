/** A day in milliseconds. */
const day = 24 * 60 * 60 * 1000;

/** `20260117142004…`, `2026-01-17-142004`, `20260117`. */
const calendar = /^(\d{4})-?(\d{2})-?(\d{2})(?:[-_T ]?(\d{2})[-:]?(\d{2})[-:]?(\d{2})?)?(?!\d{5})/;

/** Seconds or milliseconds since 1970, as generators write them before a name; of this century. */
const epoch = /^(1[0-9]{9})(\d{3})?(?!\d)/;

/** The moment in the name of a file, in milliseconds since 1970 in UTC; null where the name has none. */
export function timeInName(name: string): number | null {
  const seconds = epoch.exec(name);
  if (seconds !== null) return Number(seconds[1]) * 1000;
  const parts = calendar.exec(name);
  if (parts === null) return null;
  const [year = 0, month = 0, date = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  const isReal = year >= 1990 && year < 2100 && month >= 1 && month <= 12 && date >= 1 && date <= 31;
  return isReal ? Date.UTC(year, month - 1, date, hour, minute, second) : null;
}

/** Whether the names of two files say that they were written within one day, so that one deploy brings both. */
export function isWithinADay(one: string, other: string): boolean {
  const [first, second] = [timeInName(one), timeInName(other)];
  return first !== null && second !== null && Math.abs(first - second) <= day;
}
