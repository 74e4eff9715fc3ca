import { vi } from "vitest";
import type { ConversationId, DeviceId } from "@/lib/contract/ids";
import { createEngine } from "../create-engine";
import type { Engine } from "../engine";
import { createMemoryStorage } from "../memory-storage";
import { newDeviceId } from "../new-id";
import type { ClientStorage } from "../storage";
import type { TestServer, TestUser } from "./test-server";

/** One browser: what its tabs share. */
export interface TestBrowser {
  device: DeviceId;
  storage: ClientStorage;
}

export const newBrowser = (): TestBrowser => ({ device: newDeviceId(), storage: createMemoryStorage() });

/** An engine as a page of this browser has it, started. */
export function openTab(server: Pick<TestServer, "url">, user: TestUser, browser = newBrowser()): Engine {
  const engine = createEngine({
    userId: user.id,
    url: server.url,
    token: user.token,
    device: browser.device,
    storage: async () => browser.storage,
  });
  engine.start();
  return engine;
}

/** Waits until this is true; `what` says in the failure what it was waiting for. */
export async function until(what: string, isTrue: () => boolean, timeout = 10_000): Promise<void> {
  await vi.waitFor(
    () => {
      if (!isTrue()) throw new Error(`Still waiting: ${what}`);
    },
    { timeout, interval: 10 },
  );
}

export const isOnline = (engine: Engine) => engine.connection.get().state === "online";

/** What the page shows of a conversation: bodies of messages, then of pending ones in brackets. */
export function shown(engine: Engine, conversation: ConversationId): string[] {
  const { messages, pending } = engine.timeline(conversation).get();
  return [...messages.map(({ body }) => body), ...pending.map(({ body, state }) => `[${state}: ${body}]`)];
}
