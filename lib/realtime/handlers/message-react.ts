import { defineHandler } from "../define-handler";

export const messageReact = defineHandler("message:react", ({ actor, useCases }, payload) =>
  useCases.conversations.reactToMessage(actor, payload),
);
