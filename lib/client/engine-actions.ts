import type { ConversationId } from "@/lib/contract/ids";
import { messageAt } from "@/lib/domain/timeline";
import type { Engine } from "./engine";
import type { EngineParts } from "./engine-parts";

/** What people do with the engine. */
export function createActions(parts: EngineParts): Omit<Engine, "start" | "stop" | "connection"> {
  const { patientCall, replicas, outbox, readCursor } = parts;
  const bodyNow = (conversation: ConversationId, seq: number) =>
    messageAt(replicas.get(conversation)?.timeline?.stretch ?? [], seq)?.body;

  return {
    conversations: replicas.list,
    persistent: parts.persistent,
    online: parts.online.store,
    presence: parts.presence.store,
    timeline: createTimelines(parts),
    async openConversation(with_) {
      const answer = await patientCall("conversation:open", with_);
      if (!answer.ok) return answer;
      replicas.takeHead(answer.conversation);
      return { ok: true, id: answer.conversation.id };
    },
    searchPeople: (query, after) =>
      patientCall("people:search", { query, ...(after === undefined ? {} : { after }) }),
    send: outbox.send,
    retry: outbox.retry,
    discard: outbox.discard,
    async edit({ conversationId, seq, version }, body) {
      const answer = await patientCall("message:edit", { conversationId, seq, body, version });
      if (answer.ok) replicas.get(conversationId)?.expect(answer.message.rev);
      // a try whose answer was lost may have been the one that made the other tries late
      else if (answer.error.code === "conflict" && bodyNow(conversationId, seq) === body) return { ok: true };
      return answer;
    },
    async remove({ conversationId, seq }) {
      const answer = await patientCall("message:delete", { conversationId, seq });
      if (answer.ok) replicas.get(conversationId)?.expect(answer.message.rev);
      return answer;
    },
    markRead: readCursor.markRead,
    markUnread: readCursor.markUnread,
  };
}

/** A timeline that is asked for the first time shows what an earlier visit kept, until the server's is here. */
function createTimelines({ replicas, cache }: EngineParts): Engine["timeline"] {
  const restore = async (id: ConversationId) => {
    const kept = await cache.stretch(id);
    if (kept !== undefined) replicas.get(id)?.restore(kept);
  };
  return (id) => {
    const isNew = replicas.get(id)?.timeline === undefined;
    const timeline = replicas.timeline(id);
    if (isNew) void restore(id);
    return timeline;
  };
}
