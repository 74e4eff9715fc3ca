import { defineHandler } from "../define-handler";

export const conversationChanges = defineHandler("conversation:changes", ({ actor, useCases }, payload) =>
  useCases.conversations.changes(actor, payload),
);
