import { survivesTheDeathOfItsNode } from "./many-nodes/a-node-dies";
import { keepsAllInStep } from "./many-nodes/in-step";
import { holdsLongPollingTogether } from "./many-nodes/long-polling";
import { isRestartedWithoutNotice } from "./many-nodes/rolling-restart";
import { test } from "./support/cluster-test";

test.use({ routing: "directed" });

test.describe("directed", () => {
  keepsAllInStep();
  holdsLongPollingTogether();
  survivesTheDeathOfItsNode();
  isRestartedWithoutNotice();
});
