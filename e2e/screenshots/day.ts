const HOUR_MS = 3_600_000;
const READERS_HOUR = 14;

/** A day whose clock stands at 14 o'clock, whenever this runs: the reader is put into the time zone where it does. */
export class Day {
  readonly timeZone: string;
  readonly #offsetMs: number;
  readonly #now: Date;

  constructor(now: Date) {
    const hours = READERS_HOUR - now.getUTCHours();
    this.#now = now;
    this.#offsetMs = hours * HOUR_MS;
    // The signs of these zones are the other way round: GMT-2 is two hours ahead of Greenwich.
    this.timeZone = hours === 0 ? "Etc/GMT" : `Etc/GMT${hours > 0 ? "-" : "+"}${Math.abs(hours)}`;
  }

  /** The moment of a clock time, so many days from today. */
  moment({ day, at }: { day: number; at: string }): Date {
    const [hours, minutes] = at.split(":").map(Number);
    const local = new Date(this.#now.getTime() + this.#offsetMs);
    local.setUTCDate(local.getUTCDate() + day);
    local.setUTCHours(hours ?? 0, minutes ?? 0, 0, 0);
    return new Date(local.getTime() - this.#offsetMs);
  }
}
