import { defineHandler } from "../define-handler";

export const conversationUpdate = defineHandler("conversation:update", ({ actor, useCases }, payload) =>
  useCases.conversations.updateConversation(actor, payload),
);
