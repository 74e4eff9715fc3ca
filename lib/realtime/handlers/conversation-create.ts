import { defineHandler } from "../define-handler";

export const conversationCreate = defineHandler("conversation:create", ({ actor, useCases }, payload) =>
  useCases.conversations.createConversation(actor, payload),
);
