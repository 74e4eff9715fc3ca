import { conversationId } from "@/lib/contract/ids";
import type { RunningCluster } from "../deploy/running-cluster";
import { meetFaceToFace, messages, messageWith, say } from "../support/chat";
import { test } from "../support/cluster-test";
import { forgiveTheCut } from "../support/console";
import { ContractClient } from "../support/contract-client";
import { expect } from "../support/test";

/** One node after the other is told to end, and is started again. */
export function isRestartedWithoutNotice(): void {
  test("messages written during a rolling restart all arrive once, in order", async ({
    cluster,
    signedIn,
    consoleErrors,
  }) => {
    test.setTimeout(120_000);
    const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
    const address = await meetFaceToFace(ada, ben);
    let isOver = false;
    const restart = cluster.command("restart all", /all nodes are restarted/).finally(() => {
      isOver = true;
    });
    const written: string[] = [];
    while (!isOver) {
      const text = `Number ${written.length + 1}.`;
      const [from, to] = written.length % 2 === 0 ? [ada, ben] : [ben, ada];
      await say(from.page, text);
      written.push(text);
      await expect(messageWith(to.page, text)).toBeVisible();
    }
    await restart;
    expect(written.length).toBeGreaterThan(10);
    for (const { page } of [ada, ben]) {
      await expect(page.getByText("You are offline.")).toHaveCount(0);
      // The list draws what is in view.
      const seen = await messages(page).getByRole("article").allTextContents();
      expect(seen.length).toBeGreaterThan(2);
      expect(seen.map(numberIn)).toEqual(written.slice(-seen.length));
    }
    expect(await kept(cluster, ada.username, address)).toEqual(written);
    forgiveTheCut(consoleErrors);
  });
}

const numberIn = (text: string) => /Number \d+\./.exec(text)?.[0];

/** The words of all messages, as they are kept. */
async function kept(cluster: RunningCluster, username: string, address: string): Promise<string[]> {
  const token = (await cluster.operate(["token", "create", username])).trim();
  const client = await ContractClient.connect(cluster.url, { token });
  const conversation = conversationId.parse(address.split("/").at(-1));
  const texts: string[] = [];
  for (let beforeSeq: number | undefined, hasMore = true; hasMore; ) {
    const page = await client.call("conversation:history", { conversationId: conversation, beforeSeq });
    texts.unshift(...page.messages.map(({ body }) => body));
    beforeSeq = page.messages[0]?.seq;
    hasMore = page.hasMore;
  }
  client.close();
  return texts;
}
