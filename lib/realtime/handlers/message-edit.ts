import { defineHandler } from "../define-handler";

export const messageEdit = defineHandler("message:edit", ({ actor, useCases }, payload) =>
  useCases.conversations.editMessage(actor, payload),
);
