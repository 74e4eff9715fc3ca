import type { ClientId, ConversationId, UserId } from "@/lib/contract/ids";
import type { OutboxEntry } from "./storage";

/** What the tabs of one user in one browser tell each other about the outbox they share. */
export type TabMessage =
  | { kind: "put"; entry: OutboxEntry }
  /** The server has it, as of this revision of the conversation. */
  | { kind: "accepted"; clientId: ClientId; conversationId: ConversationId; rev: number }
  | { kind: "discarded"; clientId: ClientId };

export interface TabChannel {
  /** To the other tabs, never to this one. */
  post(message: TabMessage): void;
  close(): void;
}

/** Where the browser has no BroadcastChannel every tab is alone: the others learn of a message when it was sent. */
export function openTabChannel(user: UserId, onMessage: (message: TabMessage) => void): TabChannel {
  if (typeof BroadcastChannel === "undefined") return { post: () => undefined, close: () => undefined };
  const channel = new BroadcastChannel(`homing.outbox.${user}`);
  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => onMessage(data);
  return { post: (message) => channel.postMessage(message), close: () => channel.close() };
}
