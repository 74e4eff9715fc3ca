import { setTimeout as delay } from "node:timers/promises";
import { conversationId as parseConversation } from "@/lib/contract/ids";
import type { FinalHead, FinalReading, FinalState } from "./checks/final-state";
import type { Device } from "./device";
import { type MessageView, viewOf } from "./history";
import type { Scene } from "./scene";

const PAGE = 100;
const CHANGES_PAGE = 500;
const TRIES = 60;
const TRY_AGAIN_MS = 500;

/** Waits until every device is in step with a fresh snapshot; gives up quietly after `withinMs`, the checks will tell. */
export async function settle(scene: Scene, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    const inStep = await Promise.all(scene.devices.map((device) => isInStep(device, scene)));
    if (inStep.every(Boolean)) return;
    await delay(TRY_AGAIN_MS);
  }
}

async function isInStep(device: Device, scene: Scene): Promise<boolean> {
  const answer = await device.call("sync", {});
  if (!answer?.ok) return false;
  const own = answer.conversations.filter(({ id }) => isSteady(scene, device, id));
  return own.every(({ id, lastRev }) => device.views.get(id)?.rev === lastRev);
}

/** What every device believes, taken before anything is fetched that might mend it, and what the nodes say. */
export async function readFinalState(scene: Scene): Promise<FinalState> {
  const views = scene.devices.flatMap((device) =>
    [...device.views.values()]
      .filter(({ id }) => isSteady(scene, device, id))
      .map(({ id, rev, messages, readSeq, unread }) => ({
        ...{ user: device.user, device: device.name, conversation: id },
        ...{ rev, messages, readSeq, unread },
      })),
  );
  const heads: FinalHead[] = [];
  const readings: FinalReading[] = [];
  for (const device of scene.devices) {
    const { conversations } = await patiently(() => device.call("sync", {}));
    for (const { id, lastSeq, lastRev, readSeq, unread } of conversations) {
      if (!isSteady(scene, device, id)) continue;
      const at = { user: device.user, node: device.node, conversation: id };
      heads.push({ ...at, lastSeq, lastRev, readSeq, unread });
      readings.push({ ...at, messages: await everyMessage(device, id), revs: await everyRev(device, id) });
    }
  }
  return { views, heads, readings };
}

function isSteady(scene: Scene, device: Device, conversation: string): boolean {
  return scene.conversations.some(({ id, members }) => id === conversation && members.includes(device.user));
}

async function everyMessage(device: Device, conversation: string): Promise<MessageView[]> {
  const conversationId = parseConversation.parse(conversation);
  const pages: MessageView[][] = [];
  for (let beforeSeq: number | undefined; ; ) {
    const query = { conversationId, limit: PAGE, ...(beforeSeq !== undefined && { beforeSeq }) };
    const page = await patiently(() => device.call("conversation:history", query));
    pages.unshift(page.messages.map(viewOf));
    beforeSeq = page.messages[0]?.seq;
    if (!page.hasMore) return pages.flat();
  }
}

async function everyRev(device: Device, conversation: string): Promise<number[]> {
  const conversationId = parseConversation.parse(conversation);
  const revs: number[] = [];
  for (;;) {
    const query = { conversationId, afterRev: revs.at(-1) ?? 0, limit: CHANGES_PAGE };
    const page = await patiently(() => device.call("conversation:changes", query));
    revs.push(...page.changes.map(({ rev }) => rev));
    if (!page.hasMore || page.changes.length === 0) return revs;
  }
}

/** The result, once there is one. @throws Error when a healed cluster does not answer */
async function patiently<R extends object>(
  attempt: () => Promise<({ ok: true } & R) | { ok: false; error: object } | undefined>,
): Promise<R> {
  let answer: unknown;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const given = await attempt();
    if (given?.ok) return given;
    answer = given;
    await delay(TRY_AGAIN_MS);
  }
  throw new Error(`The cluster does not answer at the end: ${JSON.stringify(answer)}`);
}
