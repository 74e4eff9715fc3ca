import { describePresenceRegistry, SUITE_GRACE_MS } from "../testing/presence-suite";
import { createLocalPresence } from "./presence-registry";

describePresenceRegistry("presence in memory", async () =>
  createLocalPresence({ node: "node-1", graceMs: SUITE_GRACE_MS }),
);
