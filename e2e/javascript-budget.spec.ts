import type { BrowserContext, Page } from "@playwright/test";
import { meet, messageWith, say } from "./support/chat";
import { expect, test } from "./support/test";

/**
 * What the chat page may ship to somebody who comes for the first time. Counted is every script that a browser with an
 * empty cache fetches for an open conversation, until half a second passes without a request: as many bytes as came over
 * the line, compressed, with the heads of the answers. What is fetched later, because somebody opens a menu or a dialog, is not.
 */
const BUDGET = 200 * 1024;

/** Browsers ask for Brotli where there is https, or on this machine; elsewhere for gzip. */
for (const coding of ["br", "gzip"]) {
  test(`the chat page ships at most 200 KB of JavaScript, compressed with ${coding}`, async ({
    signedIn,
    newVisitor,
  }) => {
    const reader = await signedIn("Reader");
    const address = await meet(reader, await signedIn("Writer"));
    await say(reader.page, "Hello");

    const storageState = await reader.context.storageState();
    const { context, page: fresh } = await newVisitor({ storageState, serviceWorkers: "block" });
    const sizes = await recordScripts(context, fresh, coding);
    await fresh.goto(address);
    await expect(messageWith(fresh, "Hello")).toBeVisible();
    await fresh.waitForLoadState("networkidle");

    const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    console.log(`${coding}: ${(total / 1024).toFixed(1)} KB of JavaScript in ${sizes.size} files`);
    expect(sizes.size).toBeGreaterThan(5);
    expect(total).toBeGreaterThan(BUDGET / 4);
    expect(total).toBeLessThanOrEqual(BUDGET);
  });
}

/** Fills up with the size of each script that the page fetches. */
async function recordScripts(
  context: BrowserContext,
  page: Page,
  coding: string,
): Promise<ReadonlyMap<string, number>> {
  await context.setExtraHTTPHeaders({ "Accept-Encoding": coding });
  const network = await context.newCDPSession(page);
  await network.send("Network.enable");
  const scripts = new Map<string, string>();
  const sizes = new Map<string, number>();
  network.on("Network.responseReceived", ({ requestId, response, type }) => {
    if (type !== "Script") return;
    scripts.set(requestId, new URL(response.url).pathname);
    const sent = Object.entries(response.headers).find(([name]) => name.toLowerCase() === "content-encoding");
    expect(sent?.[1]).toBe(coding);
  });
  network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const path = scripts.get(requestId);
    if (path !== undefined) sizes.set(path, encodedDataLength);
  });
  return sizes;
}
