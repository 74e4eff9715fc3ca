import { randomUUID } from "node:crypto";
import type { ConversationId } from "@/lib/contract/ids";
import type { Head } from "@/lib/contract/shapes";
import type { Engine } from "../engine";
import { newClientId } from "../new-id";
import type { TestServer, TestUser } from "./test-server";
import { isOnline, openTab, shown, type TestBrowser, until } from "./test-tab";

/** The tabs that a test opens, on one server. */
export interface Tabs {
  open(user: TestUser, browser?: TestBrowser): Engine;
  closeAll(): void;
}

export function createTabs(server: () => TestServer): Tabs {
  const tabs = new Set<Engine>();
  return {
    open(user, browser) {
      const engine = openTab(server(), user, browser);
      tabs.add(engine);
      return engine;
    },
    closeAll() {
      for (const engine of tabs) engine.stop();
      tabs.clear();
    },
  };
}

export const newPerson = (server: TestServer) => server.addUser(`u${randomUUID().slice(0, 8)}`);

/** Two people and their conversation; nobody looks yet. */
export async function newPair(server: TestServer) {
  const [one, other] = [await newPerson(server), await newPerson(server)];
  const { conversation } = await server.conversations.openConversation(one.actor, { userId: other.id });
  return { one, other, id: conversation.id };
}

/** Looks at a conversation from now on, as an open page does. */
export async function look(engine: Engine, id: ConversationId): Promise<void> {
  engine.timeline(id).subscribe(() => undefined);
  await until("the timeline is there", () => engine.timeline(id).get().status === "ready");
}

/** A message from somebody who has no tab here. */
export async function say(server: TestServer, user: TestUser, conversationId: ConversationId, body: string) {
  const { message } = await server.conversations.sendMessage(user.actor, {
    conversationId,
    clientId: newClientId(),
    body,
  });
  return message;
}

export const headOf = (engine: Engine, id: ConversationId): Head | undefined =>
  engine.conversations.get().byId.get(id);

export async function online(...engines: Engine[]): Promise<void> {
  await until("they are online", () => engines.every(isOnline));
}

export async function showing(engine: Engine, id: ConversationId, bodies: readonly string[]): Promise<void> {
  const wanted = bodies.join(" | ");
  const now = () => shown(engine, id).join(" | ");
  try {
    await until("", () => now() === wanted);
  } catch {
    throw new Error(`It should show "${wanted}" and shows "${now()}".`);
  }
}
