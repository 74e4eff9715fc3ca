import { expect, test } from "./support/test";

/** What the chat page may ship, in bytes as they come over the line. */
const BUDGET = 200 * 1024;

test("the chat page ships at most 200 KB of compressed JavaScript", async ({ signedIn }) => {
  const { page, context } = await signedIn("Budget");
  const network = await context.newCDPSession(page);
  await network.send("Network.enable");
  const scripts = new Map<string, string>();
  const sizes = new Map<string, number>();
  network.on("Network.responseReceived", ({ requestId, response, type }) => {
    if (type === "Script") scripts.set(requestId, new URL(response.url).pathname);
  });
  network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const path = scripts.get(requestId);
    if (path !== undefined) sizes.set(path, encodedDataLength);
  });

  await page.goto("/chat");
  await page.waitForLoadState("networkidle");

  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  expect(sizes.size).toBeGreaterThan(0);
  console.log(`The chat page ships ${(total / 1024).toFixed(1)} KB of JavaScript in ${sizes.size} files.`);
  expect(total).toBeLessThanOrEqual(BUDGET);
});
