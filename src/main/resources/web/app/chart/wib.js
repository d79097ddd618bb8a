// Days of Asia/Jakarta (WIB, UTC+7, no daylight saving), whatever the browser's own zone is.
export const HOUR = 3_600_000;
export const DAY = 86_400_000;
const MINUTE = 60_000;
const AHEAD = 7 * HOUR;

/** The lengths of the intervals that follow the clock. */
export const CLOCK = {
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': HOUR,
  '2h': 2 * HOUR,
  '4h': 4 * HOUR,
  '12h': 12 * HOUR,
};

/** The calendar day of a moment: 2026-11-25. */
export const dayOf = (t) => new Date(t + AHEAD).toISOString().slice(0, 10);

/** The moment at which a day begins. */
export const midnight = (day) => Date.parse(`${day}T00:00:00+07:00`);

/** The day a number of days later; earlier for a negative number. */
export const daysAfter = (day, days) => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

/** The last day of the period of so many months that begins at a moment. */
export function endOfMonths(t, months) {
  const [year, month] = dayOf(t).split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 0)).toISOString().slice(0, 10);
}
