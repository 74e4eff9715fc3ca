/** One send as a client saw it. Times are milliseconds of one monotonic clock. */
export interface SendOperation {
  conversation: string;
  clientId: string;
  body: string;
  startedAt: number;
  /** What edits made or may have made of the body. */
  laterBodies?: readonly string[];
  /** Absent when no acknowledgement came: the send may or may not have happened. */
  acknowledged?: { at: number; seq: number };
}

/** A message as the history shows it. */
export interface HistoryEntry {
  seq: number;
  body: string;
  /** Present when the history was read by the sender. */
  clientId?: string;
}

export interface Violation {
  /** Of the contract, or the fault whose expectation was not met. */
  invariant: `I${number}` | `F${number}`;
  detail: string;
}

/**
 * Checks what one conversation's history must be after these sends: every acknowledged one is there once (I1, I2) with
 * its body and nothing else is (I3), `seq` is 1..n without a hole (I4), and a send that was acknowledged before another
 * began comes before it (I5). Pure, so that its own tests can show that it finds each fault.
 */
export function verifyHistory(
  operations: readonly SendOperation[],
  history: readonly HistoryEntry[],
): Violation[] {
  return [
    ...verifyNumbers(history),
    ...verifyPresence(operations, history),
    ...verifyOrigin(operations, history),
    ...verifyOrder(operations, history),
  ];
}

function verifyNumbers(history: readonly HistoryEntry[]): Violation[] {
  return history.flatMap((entry, index) =>
    entry.seq === index + 1
      ? []
      : [{ invariant: "I4" as const, detail: `position ${index + 1} of the history has seq ${entry.seq}` }],
  );
}

function countByClientId(history: readonly HistoryEntry[]): Map<string, HistoryEntry[]> {
  const found = new Map<string, HistoryEntry[]>();
  for (const entry of history) {
    if (entry.clientId === undefined) continue;
    found.set(entry.clientId, [...(found.get(entry.clientId) ?? []), entry]);
  }
  return found;
}

function verifyPresence(operations: readonly SendOperation[], history: readonly HistoryEntry[]): Violation[] {
  const found = countByClientId(history);
  const violations: Violation[] = [];
  for (const [clientId, entries] of found) {
    if (entries.length > 1) {
      violations.push({ invariant: "I2", detail: `${clientId} is in the history ${entries.length} times` });
    }
  }
  for (const { clientId, acknowledged } of operations) {
    const entry = found.get(clientId)?.[0];
    if (acknowledged !== undefined && entry?.seq !== acknowledged.seq) {
      const place = entry === undefined ? "nowhere" : `at ${entry.seq}`;
      violations.push({
        invariant: "I1",
        detail: `${clientId} was acknowledged as ${acknowledged.seq} and is ${place}`,
      });
    }
  }
  return violations;
}

function verifyOrigin(operations: readonly SendOperation[], history: readonly HistoryEntry[]): Violation[] {
  const sent = new Map(
    operations.map(({ clientId, body, laterBodies }) => [clientId, [body, ...(laterBodies ?? [])]]),
  );
  return history.flatMap((entry) =>
    entry.clientId !== undefined && sent.get(entry.clientId)?.includes(entry.body)
      ? []
      : [{ invariant: "I3" as const, detail: `seq ${entry.seq} was never sent with that body` }],
  );
}

/** From the end: a message is out of order when a later one was acknowledged before it began. */
function verifyOrder(operations: readonly SendOperation[], history: readonly HistoryEntry[]): Violation[] {
  const byClientId = new Map(operations.map((operation) => [operation.clientId, operation]));
  const violations: Violation[] = [];
  let earliestLaterAcknowledgement = Number.POSITIVE_INFINITY;
  for (const entry of history.toReversed()) {
    const operation = entry.clientId === undefined ? undefined : byClientId.get(entry.clientId);
    if (operation === undefined) continue;
    if (operation.startedAt > earliestLaterAcknowledgement) {
      violations.push({
        invariant: "I5",
        detail: `seq ${entry.seq} began after a later one was acknowledged`,
      });
    }
    earliestLaterAcknowledgement = Math.min(
      earliestLaterAcknowledgement,
      operation.acknowledged?.at ?? Number.POSITIVE_INFINITY,
    );
  }
  return violations;
}
