/** Which revision of a conversation an event carries; 0 is its beginning. */
export interface ReceivedChange {
  readonly conversationId: string;
  readonly rev: number;
}

/** As the contract writes a change: nothing else of it is read, since every message passes here. */
const ENCODED = /^2\["change",\{"conversationId":"([0-9a-f-]{36})","rev":(\d+),/;

/** Of a head, which goes to one user, only that a conversation is new is for all who are in it. */
const ENCODED_HEAD = '2["head",';
const IS_NEW = '"lastRev":0,';

/**
 * What an event that came from another node says of a conversation; undefined for all other events. Pure.
 *
 * @param event the arguments of the event, its name first, or the packet as the clients get it.
 */
export function receivedChange(event: unknown): ReceivedChange | undefined {
  if (typeof event !== "string") return changeIn(event);
  const match = ENCODED.exec(event);
  if (match?.[1] !== undefined) return { conversationId: match[1], rev: Number(match[2]) };
  const isChange = event.startsWith('2["change",');
  const isBeginning = event.startsWith(ENCODED_HEAD) && event.includes(IS_NEW);
  return isChange || isBeginning ? changeIn(JSON.parse(event.slice(1))) : undefined;
}

function changeIn(event: unknown): ReceivedChange | undefined {
  if (!Array.isArray(event)) return undefined;
  const [name, content]: unknown[] = event;
  if (typeof content !== "object" || content === null) return undefined;
  if (name === "head") return beginningIn(content);
  return name === "change" ? revisionIn(content) : undefined;
}

function beginningIn(head: object): ReceivedChange | undefined {
  if (!("id" in head && "lastRev" in head) || typeof head.id !== "string") return undefined;
  return head.lastRev === 0 ? { conversationId: head.id, rev: 0 } : undefined;
}

function revisionIn(change: object): ReceivedChange | undefined {
  if (!("conversationId" in change && "rev" in change)) return undefined;
  const { conversationId, rev } = change;
  if (typeof conversationId !== "string" || typeof rev !== "number") return undefined;
  return { conversationId, rev };
}
