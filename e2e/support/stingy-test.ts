import { HomingServer } from "./homing-server";
import { test as base } from "./test";

/** One message at once, then one a second. */
const STINGY = { SENDS_PER_SECOND: "1", SEND_BURST: "1" };

/** Tests on a server that lets nobody send more than that. */
export const test = base.extend<object, { homing: HomingServer }>({
  homing: [
    async ({}, use) => {
      const homing = await HomingServer.start(STINGY);
      await use(homing);
      await homing.dispose();
    },
    { scope: "worker", timeout: 90_000 },
  ],
});
