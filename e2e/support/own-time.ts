import { type BrowserContext, expect, type Page } from "@playwright/test";

export interface OwnTime {
  /**
   * Moves the time of the pages on. Their connections break by that, as when a laptop slept. Fulfilled when each has another
   * one that is whole: what is cut while it begins is for the server, for half a minute, somebody who is there.
   */
  pass(duration: string): Promise<void>;
}

/** The time of a person's pages is their own from now on. Before they open one. */
export async function ownTime({ context }: { context: BrowserContext }): Promise<OwnTime> {
  await context.clock.install();
  const whole = new Map<Page, number>();
  const follow = (page: Page) => {
    const add = (isWhole: boolean) => {
      if (isWhole) whole.set(page, (whole.get(page) ?? 0) + 1);
    };
    page.on("websocket", (socket) => {
      // Either the connection began as a WebSocket or it moves to one.
      socket.on("framereceived", ({ payload }) => add(String(payload).startsWith("40")));
      socket.on("framesent", ({ payload }) => add(payload === "5"));
    });
  };
  for (const page of context.pages()) follow(page);
  context.on("page", follow);
  const counts = () => context.pages().map((page) => whole.get(page) ?? 0);
  return {
    async pass(duration) {
      await expect.poll(() => counts().every((count) => count > 0)).toBe(true);
      const before = counts();
      await context.clock.fastForward(duration);
      const haveAll = () => counts().every((count, index) => count > (before[index] ?? 0));
      await expect.poll(haveAll, { timeout: 15_000 }).toBe(true);
    },
  };
}
