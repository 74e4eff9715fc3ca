import type { Locator } from "@playwright/test";
import { connectClient } from "./checker/client";
import { type ClusterNode, TestCluster } from "./faults/test-cluster";
import { readiness } from "./faults/waiting";
import { expect, PASSWORD, signIn, test } from "./support/test";

/** By then a node without a lease is gone for the others. */
const GONE_WITHIN_MS = 30_000;
const METRICS_TOKEN = "a token of the operators";

let cluster: TestCluster;
let first: ClusterNode;
let second: ClusterNode;

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  test.setTimeout(120_000);
  cluster = await TestCluster.start({
    ...{ nodes: 2, routing: "directed", redis: "single" },
    environment: { DRAIN_SECONDS: "2" },
  });
  const [one, two] = cluster.nodes;
  if (one === undefined || two === undefined) throw new Error("The cluster has no two nodes.");
  [first, second] = [one, two];
  await addUser("root", "--admin");
  await addUser("ada");
});
test.afterAll(() => cluster.dispose());

const addUser = (username: string, ...more: string[]) =>
  cluster.operate(["user", "add", username, "--password-stdin", ...more], PASSWORD);

/** The figure of a node's card under this label. */
const figure = (card: Locator, label: string) =>
  card.locator("div", { has: card.page().getByText(label, { exact: true }) }).locator("dd");

test("an admin watches the nodes, drains one and opens it again, and sees one die", async ({ browser }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ baseURL: first.server.url });
  await signIn(context, first.server, "root");
  const page = await context.newPage();
  const token = await cluster.operate(["token", "create", "ada"]);
  const ada = await connectClient(second.server.url, token.trim());
  const drains: unknown[] = [];
  ada.socket.on("drain", (payload: unknown) => drains.push(payload));

  await page.goto("/admin/online");
  await expect(page.getByRole("row", { name: /ada/ })).toContainText("node-2");

  await page.getByRole("link", { name: "Nodes" }).click();
  const here = page.getByRole("article", { name: "node-1" });
  const there = page.getByRole("article", { name: "node-2" });
  await expect(here).toContainText("Serving");
  await expect(figure(there, "Connections")).toHaveText("1");

  await there.getByRole("button", { name: "Drain" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Drain" }).click();
  await expect(there).toContainText("Draining");
  expect(await readiness(second.server.url)).toBe(503);
  expect(await readiness(first.server.url)).toBe(200);
  await expect.poll(() => drains).toHaveLength(1);
  await expect(there).toContainText("Drained");
  await expect(here.getByRole("button", { name: "Drain" })).toBeDisabled();

  await page.reload();
  await expect(there).toContainText("Drained");
  await there.getByRole("button", { name: "Open again" }).click();
  await expect(there).toContainText("Serving");
  await expect.poll(() => readiness(second.server.url)).toBe(200);

  ada.socket.close();
  await second.server.kill("SIGKILL");
  await expect(there).toContainText("Vanished", { timeout: GONE_WITHIN_MS });
  await expect(here).toContainText("The last one that is open");
  await context.close();
});

test("others than admins find no such page", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: first.server.url });
  await signIn(context, first.server, "ada");
  const page = await context.newPage();
  const answer = await page.goto("/admin/nodes");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("article")).toHaveCount(0);
  await context.close();
});

test("the metrics are there for this machine, or for who has the token, and nobody else", async () => {
  let url = `${first.server.url}/metrics`;
  const status = async (at: string, headers: Record<string, string> = {}) =>
    (await fetch(at, { headers })).status;
  const open = await fetch(url);
  expect(open.headers.get("content-type")).toContain("text/plain");
  expect(await open.text()).toMatch(/^homing_build_info\{.*node="node-1".*\} 1$/m);
  for (const variant of [url, `${url}/`, `${url}?x=1`, `${first.server.url}/%6Detrics`]) {
    expect(await status(variant, { "x-forwarded-for": "203.0.113.7" })).not.toBe(200);
  }

  await cluster.replace(first, { environment: { METRICS_TOKEN } });
  url = `${first.server.url}/metrics`;
  expect(await status(url)).toBe(403);
  expect(await status(url, { authorization: "Bearer something else" })).toBe(403);
  expect(await status(url, { authorization: `Bearer ${METRICS_TOKEN}` })).toBe(200);
});
