import {
  type AlterRequest,
  type Connection,
  emptyHistory,
  type History,
  type HistoryRequest,
  type MessageView,
  type SendRequest,
} from "../history";
import type { FinalState } from "./final-state";

const CONVERSATION = "c";

export function message(seq: number, sender: string, more: Partial<MessageView> = {}): MessageView {
  const id = `m${seq}`;
  return { seq, rev: seq, id, sender, body: `body ${seq}`, version: 1, deleted: false, ...more };
}

export function send(seq: number, user: string, at: number, more: Partial<SendRequest> = {}): SendRequest {
  return {
    kind: "send",
    user,
    device: `${user}-1`,
    node: "n1",
    conversation: CONVERSATION,
    startedAt: at,
    endedAt: at + 10,
    outcome: "ok",
    clientId: `c${seq}`,
    body: `body ${seq}`,
    answer: { message: message(seq, user), duplicate: false },
    ...more,
  };
}

/** A send whose fate the sender does not know. */
export function lostSend(seq: number, user: string, at: number): SendRequest {
  const { answer: _none, ...request } = send(seq, user, at);
  return { ...request, outcome: "info" };
}

export function alter(seq: number, user: string, at: number, result: Partial<MessageView>): AlterRequest {
  const { kind: _kind, clientId: _id, body: _body, ...request } = send(seq, user, at);
  return {
    ...request,
    kind: "alter",
    seq,
    answer: { message: message(seq, user, { version: 2, ...result }) },
  };
}

export function page(at: number, messages: MessageView[]): HistoryRequest {
  const { kind: _kind, clientId: _id, body: _body, ...request } = send(1, "ann", at);
  return { ...request, kind: "history", answer: { messages, hasMore: false } };
}

export function connection(user: string, from: number, to: number, node = "n1"): Connection {
  return { device: `${user}-1`, user, node, from, to };
}

/** Ann and Ben talk; Ann sends two messages, both devices apply them at once, Ben has read the first. */
export function soundHistory(): History {
  const history = emptyHistory();
  history.conversations = [{ id: CONVERSATION, members: ["ann", "ben"] }];
  history.requests = [send(1, "ann", 100), send(2, "ann", 200)];
  history.connections = [connection("ann", 0, 60_000), connection("ben", 0, 60_000, "n2")];
  history.applied = ["ann", "ben"].flatMap((user) =>
    [1, 2].map((rev) => ({
      device: `${user}-1`,
      user,
      conversation: CONVERSATION,
      rev,
      type: "message.created" as const,
      seq: rev,
      version: 1,
      deleted: false,
      at: rev * 100 + 20,
    })),
  );
  return history;
}

export function soundFinal(): FinalState {
  const own = () => [1, 2].map((seq) => message(seq, "ann", { clientId: `c${seq}` }));
  const others = () => [1, 2].map((seq) => message(seq, "ann"));
  const at = { conversation: CONVERSATION };
  return {
    readings: [
      { ...at, user: "ann", node: "n1", messages: own(), revs: [1, 2] },
      { ...at, user: "ben", node: "n2", messages: others(), revs: [1, 2] },
    ],
    heads: [
      { ...at, user: "ann", node: "n1", lastSeq: 2, lastRev: 2, readSeq: 2, unread: 0 },
      { ...at, user: "ben", node: "n2", lastSeq: 2, lastRev: 2, readSeq: 1, unread: 1 },
    ],
    views: [
      { ...at, user: "ann", device: "ann-1", rev: 2, messages: own(), readSeq: 2, unread: 0 },
      { ...at, user: "ben", device: "ben-1", rev: 2, messages: others(), readSeq: 1, unread: 1 },
    ],
  };
}
