import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TimelineState } from "./engine";
import { createTabs, look, newPair, online, say } from "./testing/test-pair";
import { startTestServer, type TestServer } from "./testing/test-server";
import { until } from "./testing/test-tab";

let server: TestServer;
const tabs = createTabs(() => server);
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  tabs.closeAll();
  await server.drop();
});

const MESSAGES = 330;

async function longConversation() {
  const pair = await newPair(server);
  const sends = Array.from({ length: MESSAGES }, (_, n) => say(server, pair.other, pair.id, `body ${n + 1}`));
  await Promise.all(sends);
  await server.conversations.setRead(pair.one.actor, { conversationId: pair.id, seq: MESSAGES });
  const tab = tabs.open(pair.one);
  await online(tab);
  await look(tab, pair.id);
  const timeline = tab.timeline(pair.id);
  const range = () => [timeline.get().messages[0]?.seq, timeline.get().messages.at(-1)?.seq];
  return { ...pair, tab, timeline, range };
}

const isIdle = ({ loadingOlder, loadingNewer }: TimelineState) => !loadingOlder && !loadingNewer;
const contiguous = ({ messages }: TimelineState) =>
  messages.every(({ seq }, n) => seq === (messages[0]?.seq ?? 0) + n);

describe("the history", () => {
  it("is loaded page by page up to its beginning", async () => {
    const { timeline, range } = await longConversation();
    expect(range()).toEqual([281, 330]);
    expect(timeline.get()).toMatchObject({ hasOlder: true, hasNewer: false });
    while (timeline.get().hasOlder) {
      const [first] = range();
      timeline.loadOlder();
      timeline.loadOlder();
      await until("a page came", () => isIdle(timeline.get()) && range()[0] !== first);
    }
    expect(range()).toEqual([1, 330]);
    expect(contiguous(timeline.get())).toBe(true);
  });

  it("is entered anywhere, read on to its end, and left for the latest message", async () => {
    const { timeline, range, other, id } = await longConversation();
    timeline.jumpTo(100);
    await until("it is there", () => range()[0] === 50 && isIdle(timeline.get()));
    expect(range()).toEqual([50, 149]);
    expect(timeline.get()).toMatchObject({ hasOlder: true, hasNewer: true });
    await say(server, other, id, "meanwhile");
    await until("it is known", () => timeline.get().hasNewer);
    expect(range()).toEqual([50, 149]);
    while (timeline.get().hasNewer) {
      const [, last] = range();
      timeline.loadNewer();
      await until("a page came", () => isIdle(timeline.get()) && range()[1] !== last);
    }
    expect(range()).toEqual([50, 331]);
    await say(server, other, id, "live again");
    await until("it is appended", () => range()[1] === 332);
    expect(contiguous(timeline.get())).toBe(true);

    timeline.jumpTo(5);
    await until("it is there", () => range()[0] === 1);
    timeline.jumpToLatest();
    await until("it is the end", () => range()[1] === 332 && !timeline.get().hasNewer);
    expect(timeline.get().messages.at(-1)?.body).toBe("live again");
  });
});
