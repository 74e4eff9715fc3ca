import type { Change, Message } from "@/lib/contract/shapes";

/**
 * A stretch of a conversation's messages: contiguous by `seq`, oldest first, each in the newest version that was seen.
 * All functions here give the same object back when nothing changed.
 */
export type Stretch = readonly Message[];

/** Of two states of one message the later one. A tombstone is final: a body that was deleted never comes back (I10). */
export function newer(known: Message, other: Message): Message {
  if (known.deletedAt !== undefined && other.deletedAt === undefined) return known;
  if (known.deletedAt === undefined && other.deletedAt !== undefined) return withClientId(other, known);
  return other.rev > known.rev ? withClientId(other, known) : known;
}

/**
 * The stretch after a change. A new message joins when it is the next one; a later one is not in this stretch, and a
 * message that is not in it changes nothing.
 */
export function applyChange(stretch: Stretch, change: Change): Stretch {
  return change.message === undefined ? stretch : put(stretch, change.message);
}

/**
 * Joins a page of the history to the stretch; undefined when there would be a hole between them.
 * The page must be contiguous; it may overlap.
 */
export function joinPage(stretch: Stretch, page: Stretch): Stretch | undefined {
  const [first, last, from, to] = [stretch[0], stretch.at(-1), page[0], page.at(-1)];
  if (from === undefined || to === undefined) return stretch;
  if (first === undefined || last === undefined) return page;
  if (to.seq < first.seq - 1 || from.seq > last.seq + 1) return undefined;
  const older = page.filter(({ seq }) => seq < first.seq);
  const younger = page.filter(({ seq }) => seq > last.seq);
  const overlap = page.filter(({ seq }) => seq >= first.seq && seq <= last.seq);
  const renewed = overlap.reduce(put, stretch);
  return older.length + younger.length === 0 ? renewed : [...older, ...renewed, ...younger];
}

/**
 * A page as it is now: `heard` are messages of changes that were applied while the page was on its way, by `seq`. The
 * page may have been read before them.
 */
export function mendPage(page: Stretch, heard: ReadonlyMap<number, Message>): Stretch {
  const mended = page.map((message) => {
    const other = heard.get(message.seq);
    return other === undefined ? message : newer(message, other);
  });
  let next = heard.get((mended.at(-1)?.seq ?? 0) + 1);
  while (next !== undefined) {
    mended.push(next);
    next = heard.get(next.seq + 1);
  }
  return mended;
}

/** At most `bound` messages: what is farthest from the end that is being read goes. */
export function trim(stretch: Stretch, bound: number, keep: "oldest" | "newest"): Stretch {
  if (stretch.length <= bound) return stretch;
  return keep === "oldest" ? stretch.slice(0, bound) : stretch.slice(-bound);
}

/** The place of a message in the stretch; undefined when it is not in it. */
export function messageAt(stretch: Stretch, seq: number): Message | undefined {
  const first = stretch[0];
  return first === undefined ? undefined : stretch[seq - first.seq];
}

/** How many messages of others in `(afterSeq, upToSeq]` are not deleted; undefined when the stretch does not hold them all. */
export function countOfOthers(
  stretch: Stretch,
  me: Message["sender"]["id"],
  afterSeq: number,
  upToSeq: number,
): number | undefined {
  if (upToSeq <= afterSeq) return 0;
  const first = stretch[0];
  if (first === undefined || first.seq > afterSeq + 1 || (stretch.at(-1)?.seq ?? 0) < upToSeq)
    return undefined;
  return stretch.filter(
    ({ seq, sender, deletedAt }) =>
      seq > afterSeq && seq <= upToSeq && sender.id !== me && deletedAt === undefined,
  ).length;
}

function put(stretch: Stretch, message: Message): Stretch {
  const [first, last] = [stretch[0], stretch.at(-1)];
  if (first === undefined || last === undefined) return message.seq === 1 ? [message] : stretch;
  if (message.seq === last.seq + 1) return [...stretch, message];
  const known = messageAt(stretch, message.seq);
  if (known === undefined) return stretch;
  const latest = newer(known, message);
  return latest === known ? stretch : stretch.with(message.seq - first.seq, latest);
}

/** A client id that one answer told is kept when the next one, meant for other eyes too, leaves it out. */
function withClientId(message: Message, known: Message): Message {
  return message.clientId === undefined && known.clientId !== undefined
    ? { ...message, clientId: known.clientId }
    : message;
}
