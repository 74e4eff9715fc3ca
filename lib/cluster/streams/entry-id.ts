/** Ids of stream entries: `milliseconds-number`, in order of both. Pure. */

/** Before every entry. */
export const BEFORE_ALL = "0-0";

/** Negative when `a` comes before `b`, 0 when they are the same. */
export function compareIds(a: string, b: string): number {
  const [aTime, aNumber] = split(a);
  const [bTime, bNumber] = split(b);
  return aTime - bTime || aNumber - bNumber;
}

function split(id: string): [number, number] {
  const [time, number] = id.split("-");
  return [Number(time), Number(number ?? 0)];
}
