import type { Page } from "@playwright/test";
import { composer, meet, messageWith, say } from "../support/chat";
import { addressOf, nodeBehindBalancer, othersThan, test } from "../support/cluster-test";
import { forgiveTheCut } from "../support/console";
import { expect } from "../support/test";
import { startWebSocketFreeProxy } from "../support/web-socket-free-proxy";

/** From the death of a node until its people are served by another one. */
const BACK_WITHIN = { timeout: 5_000 };
/** What the balancer answers for a node that died, and for a session that died with it. */
const DIED = /the server responded with a status of (400|502)/;

/** Where WebSockets are blocked, each request of a session must reach the node that began it. */
export function holdsLongPollingTogether(): void {
  test("long polling stays with its node behind the balancer, and finds another one when that dies", async ({
    cluster,
    signedIn,
    consoleErrors,
  }) => {
    const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
    const address = await meet(ben, ada);
    await ben.page.goto("about:blank");
    const proxy = await startWebSocketFreeProxy(cluster.url);
    const sessions = sessionsOf(ada.page);
    try {
      await ada.page.goto(proxy.url + address);
      await expect(composer(ada.page)).toBeVisible();
      const dying = await nodeBehindBalancer(cluster);
      await ben.page.goto(addressOf(cluster, othersThan(dying)[0]) + address);
      for (const text of ["One", "Two", "Three"]) {
        await say(ada.page, `${text} from Ada`);
        await expect(messageWith(ben.page, `${text} from Ada`)).toBeVisible();
        await say(ben.page, `${text} from Ben`);
        await expect(messageWith(ada.page, `${text} from Ben`)).toHaveCount(1);
      }
      await expect(messageWith(ada.page, "Three from Ada").getByText("Read")).toBeAttached();
      expect(proxy.transports).toEqual(new Set(["websocket", "polling"]));
      expect(sessions.size).toBe(1);
      // A request that reached another node would have been answered by 400, which the console tells.
      forgiveTheCut(consoleErrors);

      await Promise.all([
        cluster.command(`kill ${dying}`, new RegExp(`node-${dying} is killed`)),
        say(ada.page, "Still from Ada"),
        say(ben.page, "Still from Ben"),
        expect(messageWith(ben.page, "Still from Ada")).toBeVisible(BACK_WITHIN),
        expect(messageWith(ada.page, "Still from Ben")).toBeVisible(BACK_WITHIN),
      ]);
      expect(sessions.size).toBeGreaterThan(1);
      await cluster.command(`start ${dying}`, new RegExp(`node-${dying} is ready`));
      await ada.page.close();
    } finally {
      proxy.close();
    }
    forgiveTheCut(consoleErrors, DIED);
  });
}

/** The long-polling sessions that the page holds requests of, from now on. */
function sessionsOf(page: Page): Set<string> {
  const sessions = new Set<string>();
  page.on("request", (request) => {
    const { searchParams } = new URL(request.url());
    const session = searchParams.get("sid");
    if (searchParams.get("transport") === "polling" && session !== null) sessions.add(session);
  });
  return sessions;
}
