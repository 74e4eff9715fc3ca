const formats = new Map<string, Intl.DateTimeFormat>();

function dayFormat(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    formats.set(timeZone, format);
  }
  return format;
}

const HOUR_MS = 3_600_000;
const QUARTER_MS = HOUR_MS / 4;
const days = new Map<string, string>();

/**
 * The calendar day, `2025-03-09`, that a clock in `timeZone` showed. Formatting is slow and a history long, so the answer
 * is kept for each quarter of an hour: no zone changes its day within one.
 */
export function dayOf(at: Date, timeZone: string): string {
  const quarter = Math.floor(at.getTime() / QUARTER_MS);
  const key = `${timeZone} ${quarter}`;
  let day = days.get(key);
  if (day === undefined) {
    day = dayFormat(timeZone).format(quarter * QUARTER_MS);
    if (days.size > 20_000) days.clear();
    days.set(key, day);
  }
  return day;
}

/** How many calendar days `earlier` lies before `later`; negative when it lies after. */
export function daysBetween(earlier: Date, later: Date, timeZone: string): number {
  const [from, to] = [earlier, later].map((at) => Date.parse(`${dayOf(at, timeZone)}T00:00:00Z`));
  return Math.round(((to ?? 0) - (from ?? 0)) / (24 * HOUR_MS));
}
