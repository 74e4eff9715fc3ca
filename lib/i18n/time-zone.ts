/** The cookie in which the browser tells its time zone, so that the server writes times as the reader's clock shows them. */
export const TIME_ZONE_COOKIE = "time_zone";

/** The zone of the cookie, or UTC when there is none or the runtime does not know it. */
export function chooseTimeZone(cookie: string | undefined): string {
  if (cookie === undefined || !/^[A-Za-z0-9_+\-/]{1,64}$/.test(cookie)) return "UTC";
  try {
    new Intl.DateTimeFormat("en", { timeZone: cookie });
    return cookie;
  } catch (error) {
    if (error instanceof RangeError) return "UTC";
    throw error;
  }
}
