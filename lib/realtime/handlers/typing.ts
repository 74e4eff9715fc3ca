import { defineHandler } from "../define-handler";

export const typing = defineHandler("typing", ({ actor, useCases }, payload) =>
  useCases.presence.setTyping(actor, payload),
);
