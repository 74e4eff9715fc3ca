import { defineHandler } from "../define-handler";

export const conversationOpen = defineHandler("conversation:open", ({ actor, useCases }, payload) =>
  useCases.conversations.openConversation(actor, payload),
);
