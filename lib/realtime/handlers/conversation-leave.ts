import { defineHandler } from "../define-handler";

export const conversationLeave = defineHandler("conversation:leave", ({ actor, useCases }, payload) =>
  useCases.conversations.leaveConversation(actor, payload),
);
