import { defineHandler } from "../define-handler";

export const presenceSet = defineHandler("presence:set", async ({ setIdle }, { idle }) => {
  setIdle(idle);
  return {};
});
