import { defineHandler } from "../define-handler";

export const delivered = defineHandler("delivered", ({ actor, useCases }, payload) =>
  useCases.conversations.setDelivered(actor, payload),
);
