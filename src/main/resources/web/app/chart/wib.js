// Days of Asia/Jakarta (WIB, UTC+7, no daylight saving), whatever the browser's own zone is.
export const HOUR = 3_600_000;
export const DAY = 86_400_000;
const AHEAD = 7 * HOUR;

/** The calendar day of a moment: 2026-11-25. */
export const dayOf = (t) => new Date(t + AHEAD).toISOString().slice(0, 10);

/** The moment at which a day begins. */
export const midnight = (day) => Date.parse(`${day}T00:00:00+07:00`);

/** The day a number of days later; earlier for a negative number. */
export const daysAfter = (day, days) => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

/** The last day of the month of a moment. */
export function endOfMonth(t) {
  const [year, month] = dayOf(t).split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}
