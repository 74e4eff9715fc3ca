import { defineHandler } from "../define-handler";

export const messageSend = defineHandler("message:send", ({ actor, useCases }, payload) =>
  useCases.conversations.sendMessage(actor, payload),
);
