import { createChanges } from "./changes";
import { createCreateConversation } from "./create-conversation";
import { createDeleteMessage } from "./delete-message";
import { createEditMessage } from "./edit-message";
import { createHistory } from "./history";
import { createInbox } from "./inbox";
import { createLeaveConversation } from "./leave-conversation";
import { createMarkAllRead } from "./mark-all-read";
import { createOpenConversation } from "./open-conversation";
import type { ConversationStore } from "./ports/conversation-store";
import type { Randomness } from "./ports/environment";
import type { FanOut } from "./ports/fan-out";
import type { PeopleStore } from "./ports/people-store";
import { createReactToMessage } from "./react-to-message";
import { createSendMessage } from "./send-message";
import type { AdmitSend } from "./send-rate";
import { createSetDelivered } from "./set-delivered";
import { createSetRead } from "./set-read";
import { createSync } from "./sync";
import { HeadTeller } from "./tell-heads";
import { createUpdateConversation } from "./update-conversation";
import type { ConversationUseCases } from "./use-cases";

/** The use cases of delivery, on what they need. Time is the store's: every node agrees on it. */
export function buildConversationUseCases(outside: {
  store: ConversationStore;
  people: PeopleStore;
  fanOut: FanOut;
  randomness: Randomness;
  /** Absent: sends are not counted. */
  admitSend?: AdmitSend;
}): ConversationUseCases {
  const ports = { ...outside, heads: new HeadTeller(outside) };
  return {
    sync: createSync(ports),
    openConversation: createOpenConversation(ports),
    createConversation: createCreateConversation(ports),
    updateConversation: createUpdateConversation(ports),
    leaveConversation: createLeaveConversation(ports),
    history: createHistory(ports),
    changes: createChanges(ports),
    sendMessage: createSendMessage(ports),
    editMessage: createEditMessage(ports),
    deleteMessage: createDeleteMessage(ports),
    reactToMessage: createReactToMessage(ports),
    setRead: createSetRead(ports),
    setDelivered: createSetDelivered(ports),
    inbox: createInbox(ports),
    markAllRead: createMarkAllRead(ports),
  };
}
