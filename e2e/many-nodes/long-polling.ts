import { composer, meet, messageWith, say } from "../support/chat";
import { addressOf, test } from "../support/cluster-test";
import { forgiveTheCut } from "../support/console";
import { expect } from "../support/test";
import { startWebSocketFreeProxy } from "../support/web-socket-free-proxy";

/** Where WebSockets are blocked, each request of a session must reach the node that began it. */
export function holdsLongPollingTogether(): void {
  test("long polling stays with its node behind the balancer, and messages go both ways", async ({
    cluster,
    signedIn,
    consoleErrors,
  }) => {
    const ada = await signedIn("Ada");
    const ben = await signedIn("Ben", { baseURL: addressOf(cluster, 2) });
    const address = await meet(ben, ada);
    const proxy = await startWebSocketFreeProxy(cluster.url);
    const sessions = new Set<string>();
    let polls = 0;
    ada.page.on("request", (request) => {
      const { searchParams } = new URL(request.url());
      if (searchParams.get("transport") !== "polling") return;
      polls += 1;
      const session = searchParams.get("sid");
      if (session !== null) sessions.add(session);
    });
    try {
      await ada.page.goto(proxy.url + address);
      await expect(composer(ada.page)).toBeVisible();
      for (const text of ["One", "Two", "Three"]) {
        await say(ada.page, `${text} from Ada`);
        await expect(messageWith(ben.page, `${text} from Ada`)).toBeVisible();
        await say(ben.page, `${text} from Ben`);
        await expect(messageWith(ada.page, `${text} from Ben`)).toHaveCount(1);
      }
      await expect(messageWith(ada.page, "Three from Ada").getByText("Read")).toBeAttached();
      expect(proxy.transports).toEqual(new Set(["websocket", "polling"]));
      expect(sessions.size, `of ${polls} requests`).toBe(1);
      expect(polls).toBeGreaterThan(6);
      await ada.page.close();
    } finally {
      proxy.close();
    }
    // A request that reached another node would be answered by 400, which the console tells.
    forgiveTheCut(consoleErrors);
  });
}
