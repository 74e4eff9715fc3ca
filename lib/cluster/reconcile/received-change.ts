/** Which revision of a conversation an event carries. */
export interface ReceivedChange {
  readonly conversationId: string;
  readonly rev: number;
}

/** As the contract writes a change: nothing else of it is read, since every message passes here. */
const ENCODED = /^2\["change",\{"conversationId":"([0-9a-f-]{36})","rev":(\d+),/;

/**
 * What an event that came from another node says of a conversation; undefined for all other events. Pure.
 *
 * @param event the arguments of the event, its name first, or the packet as the clients get it.
 */
export function receivedChange(event: unknown): ReceivedChange | undefined {
  if (typeof event !== "string") return changeIn(event);
  const match = ENCODED.exec(event);
  if (match?.[1] !== undefined) return { conversationId: match[1], rev: Number(match[2]) };
  return event.startsWith('2["change",') ? changeIn(JSON.parse(event.slice(1))) : undefined;
}

function changeIn(event: unknown): ReceivedChange | undefined {
  if (!Array.isArray(event) || event[0] !== "change") return undefined;
  const change: unknown = event[1];
  if (typeof change !== "object" || change === null) return undefined;
  if (!("conversationId" in change && "rev" in change)) return undefined;
  const { conversationId, rev } = change;
  if (typeof conversationId !== "string" || typeof rev !== "number") return undefined;
  return { conversationId, rev };
}
