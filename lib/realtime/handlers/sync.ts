import { defineHandler } from "../define-handler";

export const sync = defineHandler("sync", ({ actor, useCases }, payload) =>
  useCases.conversations.sync(actor, payload),
);
