import { defineHandler } from "../define-handler";

/** Watches before it asks, so that nothing that happens in between is missed. */
export const presenceWatch = defineHandler(
  "presence:watch",
  async ({ actor, useCases, watches }, payload) => {
    await watches.presence(payload.userIds);
    return useCases.presence.watchPresence(actor, payload);
  },
);
