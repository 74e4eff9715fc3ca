import { test } from "@playwright/test";
import { expectToServeThroughAKill } from "./behind-a-proxy";
import { runProxy } from "./run-proxy";
import { RunningCluster } from "./running-cluster";

test.describe("load balancers in front of real nodes", () => {
  test.describe.configure({ timeout: 180_000 });

  for (const name of ["nginx.conf", "haproxy.cfg"] as const) {
    test(`deploy/${name}: WebSocket and long polling work, a killed node is left within seconds`, async () => {
      const cluster = await RunningCluster.start(2, "directed");
      try {
        const proxy = await runProxy(name, cluster.ports);
        await expectToServeThroughAKill(cluster, proxy.url).finally(proxy.stop);
      } finally {
        await cluster.dispose();
      }
    });
  }
});
