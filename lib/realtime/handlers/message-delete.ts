import { defineHandler } from "../define-handler";

export const messageDelete = defineHandler("message:delete", ({ actor, useCases }, payload) =>
  useCases.conversations.deleteMessage(actor, payload),
);
