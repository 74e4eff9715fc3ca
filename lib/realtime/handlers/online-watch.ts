import { defineHandler } from "../define-handler";

/** The use case decides who may; only then is the socket told more. */
export const onlineWatch = defineHandler("online:watch", async ({ actor, useCases, watches }, { on }) => {
  if (!on) watches.online(false);
  const online = await useCases.presence.listOnline(actor);
  if (on) watches.online(true);
  return { online };
});
