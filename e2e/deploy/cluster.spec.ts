import { expect, test } from "@playwright/test";
import { expectToServeThroughAKill } from "./behind-a-proxy";
import { expectToCrossNodes } from "./crossing";
import { RunningCluster } from "./running-cluster";
import { askSteadily } from "./steady-client";

const SETUP_LINK = /http:\S+\/setup\?token=[\w-]+/;

test.describe("npm run cluster", () => {
  test.describe.configure({ timeout: 180_000 });

  for (const routing of ["directed", "broadcast"] as const) {
    test(`${routing}: carries messages across, serves pages and sockets through the death of a node`, async () => {
      const cluster = await RunningCluster.start(2, routing);
      try {
        await expectToCrossNodes(cluster);
        await expectToServeThroughAKill(cluster, cluster.url);
      } finally {
        await cluster.dispose();
      }
    });
  }

  test("restarts one node after the other without a failed page, and leaves no process behind", async () => {
    const cluster = await RunningCluster.start(2, "directed");
    try {
      await expect.poll(() => cluster.output).toMatch(SETUP_LINK);
      const link = SETUP_LINK.exec(cluster.output)?.[0] ?? "";
      expect((await fetch(link)).status, "the link that was printed last works").toBe(200);
      const pages = askSteadily(`${cluster.url}/login`);
      await cluster.command("restart all", /all nodes are restarted/);
      const { asked, bad } = await pages.stop();
      expect(bad, `of ${asked} pages`).toEqual([]);
      const processes = await cluster.processes();
      expect(processes).toHaveLength(4);
      expect(await cluster.end("SIGINT")).toBe(0);
      expect(processes.filter(isAlive)).toEqual([]);
    } finally {
      await cluster.dispose();
    }
  });

  test("a frozen node keeps nobody", async () => {
    const cluster = await RunningCluster.start(2, "directed");
    try {
      await cluster.command("pause 2", /node-2 is unreachable/);
      const pages = askSteadily(`${cluster.url}/login`);
      await cluster.command("resume 2", /node-2 is ready/);
      const { bad } = await pages.stop();
      expect(bad).toEqual([]);
    } finally {
      await cluster.dispose();
    }
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw error;
  }
}
