/** What an event says that came from another node; revision 0 of a conversation is its beginning. */
export type ReceivedHint =
  | { readonly kind: "change"; readonly conversationId: string; readonly rev: number }
  | { readonly kind: "head"; readonly head: { id: string; lastRev: number; readSeq: number } }
  | { readonly kind: "receipt"; readonly receipt: ReceivedReceipt }
  | { readonly kind: "typing"; readonly conversationId: string };

export interface ReceivedReceipt {
  readonly conversationId: string;
  readonly userId: string;
  readonly deliveredSeq: number;
  readonly readSeq: number;
}

const ENCODED = /^2\["(change|head|receipt|typing)",/;
/** As the contract writes a change: nothing else of it is read, since every message passes here. */
const ENCODED_CHANGE = /^2\["change",\{"conversationId":"([0-9a-f-]{36})","rev":(\d+),/;

/**
 * What an event that came from another node says of a conversation; undefined for all other events. Pure.
 *
 * @param event the arguments of the event, its name first, or the packet as the clients get it.
 */
export function receivedHint(event: unknown): ReceivedHint | undefined {
  if (typeof event !== "string") return hintIn(event);
  const match = ENCODED_CHANGE.exec(event);
  if (match?.[1] !== undefined) return { kind: "change", conversationId: match[1], rev: Number(match[2]) };
  return ENCODED.test(event) ? hintIn(JSON.parse(event.slice(1))) : undefined;
}

function hintIn(event: unknown): ReceivedHint | undefined {
  if (!Array.isArray(event)) return undefined;
  const [name, content]: unknown[] = event;
  if (typeof content !== "object" || content === null) return undefined;
  if (name === "change") return changeIn(content);
  if (name === "head") return headIn(content);
  if (name === "receipt") return receiptIn(content);
  return name === "typing" ? typingIn(content) : undefined;
}

function changeIn(change: object): ReceivedHint | undefined {
  if (!("conversationId" in change && "rev" in change)) return undefined;
  const { conversationId, rev } = change;
  if (typeof conversationId !== "string" || typeof rev !== "number") return undefined;
  return { kind: "change", conversationId, rev };
}

function headIn(head: object): ReceivedHint | undefined {
  if (!("id" in head && "lastRev" in head && "readSeq" in head)) return undefined;
  const { id, lastRev, readSeq } = head;
  if (typeof id !== "string" || typeof lastRev !== "number" || typeof readSeq !== "number") return undefined;
  return { kind: "head", head: { id, lastRev, readSeq } };
}

function receiptIn(receipt: object): ReceivedHint | undefined {
  if (!("conversationId" in receipt && "userId" in receipt)) return undefined;
  if (!("deliveredSeq" in receipt && "readSeq" in receipt)) return undefined;
  const { conversationId, userId, deliveredSeq, readSeq } = receipt;
  if (typeof conversationId !== "string" || typeof userId !== "string") return undefined;
  if (typeof deliveredSeq !== "number" || typeof readSeq !== "number") return undefined;
  return { kind: "receipt", receipt: { conversationId, userId, deliveredSeq, readSeq } };
}

function typingIn(typing: object): ReceivedHint | undefined {
  if (!("conversationId" in typing) || typeof typing.conversationId !== "string") return undefined;
  return { kind: "typing", conversationId: typing.conversationId };
}
