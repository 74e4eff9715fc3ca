import { defineHandler } from "../define-handler";

export const readSet = defineHandler("read:set", ({ actor, useCases }, payload) =>
  useCases.conversations.setRead(actor, payload),
);
