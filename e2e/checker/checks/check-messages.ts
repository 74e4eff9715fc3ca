import { groupBy, type History, type MessageView, requestsOf, type SendRequest } from "../history";
import { type HistoryEntry, type SendOperation, type Violation, verifyHistory } from "../verify-history";
import type { FinalState } from "./final-state";

/**
 * I1 to I5 for each conversation: what every node tells at the end is one and the same, and it is what the sends make of
 * it. A message is known by its client id, which its sender alone is told: their reading lends it to the others'.
 */
export function checkMessages(history: History, final: FinalState): Violation[] {
  const sends = groupBy(requestsOf(history, "send"), ({ conversation }) => conversation);
  const bodies = laterBodies(history);
  return [...groupBy(final.readings, ({ conversation }) => conversation)].flatMap(
    ([conversation, readings]) => {
      const clientIds = new Map(
        readings.flatMap(({ messages }) =>
          messages.flatMap(({ id, clientId }) => (clientId === undefined ? [] : [[id, clientId] as const])),
        ),
      );
      const operations = operationsOf(sends.get(conversation) ?? [], bodies);
      const first = readings[0]?.messages ?? [];
      return [
        ...verifyHistory(
          operations,
          first.map((message) => entryOf(message, clientIds)),
        ),
        ...readings.flatMap((reading) => [
          ...sameHistory(first, reading),
          ...dense(reading.revs, `${reading.conversation} on ${reading.node}`),
        ]),
        ...senders(sends.get(conversation) ?? [], first, clientIds),
      ];
    },
  );
}

function entryOf({ seq, body, id }: MessageView, clientIds: ReadonlyMap<string, string>): HistoryEntry {
  const clientId = clientIds.get(id);
  return clientId === undefined ? { seq, body } : { seq, body, clientId };
}

/** All tries of one client id are one operation: from the first try's start to the first acknowledgement. */
function operationsOf(
  sends: readonly SendRequest[],
  bodies: ReadonlyMap<string, readonly string[]>,
): SendOperation[] {
  return [...groupBy(sends, ({ clientId }) => clientId).values()].flatMap((tries) => {
    const [first] = tries;
    if (first === undefined) return [];
    const answered = tries.filter(({ answer }) => answer !== undefined);
    const seq = answered[0]?.answer?.message.seq;
    return {
      conversation: first.conversation,
      clientId: first.clientId,
      body: first.body,
      startedAt: Math.min(...tries.map(({ startedAt }) => startedAt)),
      laterBodies: seq === undefined ? [] : (bodies.get(`${first.conversation} ${seq}`) ?? []),
      ...(seq === undefined
        ? {}
        : { acknowledged: { at: Math.min(...answered.map(({ endedAt }) => endedAt)), seq } }),
    };
  });
}

/** By conversation and seq: every body that an edit or deletion asked for, whatever became of it. */
function laterBodies(history: History): Map<string, string[]> {
  const alterations = groupBy(
    requestsOf(history, "alter"),
    ({ conversation, seq }) => `${conversation} ${seq}`,
  );
  return new Map([...alterations].map(([key, requests]) => [key, requests.map(({ body }) => body ?? "")]));
}

function sameHistory(
  first: readonly MessageView[],
  { messages, node, conversation, user }: FinalState["readings"][number],
): Violation[] {
  const where = `${conversation} as ${node} tells it to ${user}`;
  const count = Math.max(first.length, messages.length);
  for (let index = 0; index < count; index += 1) {
    const [one, other] = [first[index], messages[index]];
    if (one?.id !== other?.id || one?.seq !== other?.seq || one?.body !== other?.body) {
      return [{ invariant: "I4", detail: `${where} differs from the others at position ${index + 1}` }];
    }
  }
  return [];
}

function dense(revs: readonly number[], where: string): Violation[] {
  const hole = revs.findIndex((rev, index) => rev !== index + 1);
  return hole < 0
    ? []
    : [{ invariant: "I4", detail: `${where} has rev ${revs[hole]} at position ${hole + 1}` }];
}

function senders(
  sends: readonly SendRequest[],
  messages: readonly MessageView[],
  clientIds: ReadonlyMap<string, string>,
): Violation[] {
  const users = new Map(sends.map(({ clientId, user }) => [clientId, user]));
  return messages.flatMap(({ id, seq, sender }) => {
    const user = users.get(clientIds.get(id) ?? "");
    return user === undefined || user === sender
      ? []
      : [{ invariant: "I3" as const, detail: `seq ${seq} of ${user} is shown as ${sender}'s` }];
  });
}
