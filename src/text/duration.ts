/** A time in the unit that fits: `0.4 ms`, `120 ms`, `7.2 s`, `3.5 min`, `2.1 h`. */
export function formatTime(milliseconds: number): string {
  if (milliseconds < 1000) return `${short(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${short(seconds)} s`;
  return seconds < 3600 ? `${short(seconds / 60)} min` : `${short(seconds / 3600)} h`;
}

/** With one digit behind the point below ten. */
function short(number: number): string {
  return String(number < 10 ? Math.round(number * 10) / 10 : Math.round(number));
}
