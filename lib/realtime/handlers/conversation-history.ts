import { defineHandler } from "../define-handler";

export const conversationHistory = defineHandler("conversation:history", ({ actor, useCases }, payload) =>
  useCases.conversations.history(actor, payload),
);
