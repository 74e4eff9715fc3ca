import { composer, meet, messageWith, say } from "./support/chat";
import { forgiveTheCut } from "./support/console";
import { expect, test } from "./support/test";
import { startWebSocketFreeProxy } from "./support/web-socket-free-proxy";

test("where WebSockets are blocked, messages go both ways by long polling", async ({
  homing,
  signedIn,
  consoleErrors,
}) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  const address = await meet(ben, ada);
  const proxy = await startWebSocketFreeProxy(homing.url);
  try {
    // The session's cookie is good here too: cookies know no ports.
    await ada.page.goto(proxy.url + address);
    await expect(composer(ada.page)).toBeVisible();
    await say(ada.page, "The long way round");
    await expect(messageWith(ben.page, "The long way round")).toBeVisible();
    await expect(messageWith(ada.page, "The long way round").getByText("Read")).toBeAttached();
    for (const text of ["One", "Two", "Three"]) await say(ben.page, text);
    for (const text of ["One", "Two", "Three"]) await expect(messageWith(ada.page, text)).toHaveCount(1);
    await ada.page.reload();
    await say(ada.page, "Still here");
    await expect(messageWith(ben.page, "Still here")).toBeVisible();
    await expect(ada.page.getByText("You are offline.")).toHaveCount(0);
    expect(proxy.transports).toEqual(new Set(["websocket", "polling"]));
    await ada.page.close();
  } finally {
    proxy.close();
  }
  forgiveTheCut(consoleErrors);
});
