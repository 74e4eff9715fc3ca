import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { deviceId, type UserId, userId } from "@/lib/contract/ids";
import type { Connection, PresenceRegistry } from "@/lib/usecases/ports/presence-registry";

/** Grace of the registries under test, in milliseconds: long enough to act within, short enough to wait for. */
export const SUITE_GRACE_MS = 150;

/** What every presence registry promises, whatever keeps it. `create` gives an empty one named `node-1`. */
export function describePresenceRegistry(name: string, create: () => Promise<PresenceRegistry>): void {
  describe(name, () => {
    let registry: PresenceRegistry;
    let changes: [UserId, boolean][];

    const start = async () => {
      registry = await create();
      changes = [];
      registry.onChange((user, online) => changes.push([user, online]));
    };
    const newUser = () => userId.parse(randomUUID());
    const connection = (user: UserId, device?: string): Connection => ({
      socketId: randomUUID(),
      userId: user,
      device: device === undefined ? undefined : deviceId.parse(device),
      since: new Date("2026-01-01T00:00:00.000Z"),
    });
    const connect = (user: UserId) => {
      const opened = connection(user);
      registry.connected(opened);
      return opened;
    };
    const isOnline = async (user: UserId) => (await registry.online([user])).users.has(user);

    afterEach(() => registry.close());

    it("tells that a user is online with their first connection, once", async () => {
      await start();
      const ada = newUser();
      expect(await isOnline(ada)).toBe(false);
      connect(ada);
      connect(ada);
      await vi.waitFor(() => expect(changes).toEqual([[ada, true]]));
      expect(await isOnline(ada)).toBe(true);
    });

    it("keeps a user online while another tab is open", async () => {
      await start();
      const [ada, bob] = [newUser(), newUser()];
      const [first] = [connect(ada), connect(ada)];
      const only = connect(bob);
      registry.disconnected(first.socketId);
      registry.disconnected(only.socketId);
      await vi.waitFor(() => expect(changes).toContainEqual([bob, false]));
      expect(changes).not.toContainEqual([ada, false]);
      expect(await isOnline(ada)).toBe(true);
      expect(await isOnline(bob)).toBe(false);
    });

    it("does not flicker when a page reloads", async () => {
      await start();
      const [ada, bob] = [newUser(), newUser()];
      registry.disconnected(connect(ada).socketId);
      expect(await isOnline(ada)).toBe(true);
      connect(ada);
      registry.disconnected(connect(bob).socketId);
      await vi.waitFor(() => expect(changes).toContainEqual([bob, false]));
      expect(changes.filter(([user]) => user === ada)).toEqual([[ada, true]]);
    });

    it("tells that a user comes back after they were offline", async () => {
      await start();
      const ada = newUser();
      registry.disconnected(connect(ada).socketId);
      await vi.waitFor(() => expect(changes).toHaveLength(2));
      connect(ada);
      await vi.waitFor(() =>
        expect(changes).toEqual([
          [ada, true],
          [ada, false],
          [ada, true],
        ]),
      );
    });

    it("answers only for the users asked about", async () => {
      await start();
      const [ada, bob, stranger] = [newUser(), newUser(), newUser()];
      connect(ada);
      connect(bob);
      expect(await registry.online([bob, stranger])).toEqual({ users: new Set([bob]), isWhole: true });
      expect(await registry.online([])).toEqual({ users: new Set(), isWhole: true });
    });

    it("lists open connections with their node, and none that closed", async () => {
      await start();
      const ada = newUser();
      const laptop = connection(ada, "00000000-0000-4000-8000-000000000001");
      const phone = connection(ada, "00000000-0000-4000-8000-000000000002");
      registry.connected(laptop);
      registry.connected(phone);
      registry.disconnected(phone.socketId);
      await vi.waitFor(async () =>
        expect(await registry.connections()).toEqual([{ ...laptop, node: "node-1" }]),
      );
    });

    it("takes a disconnection twice, or of a socket it never saw", async () => {
      await start();
      const ada = newUser();
      const [first] = [connect(ada), connect(ada)];
      registry.disconnected(first.socketId);
      registry.disconnected(first.socketId);
      registry.disconnected(randomUUID());
      await vi.waitFor(async () => expect(await registry.connections()).toHaveLength(1));
      expect(await isOnline(ada)).toBe(true);
    });

    it("waits for nobody once it is closed", async () => {
      await start();
      const [ada, bob] = [newUser(), newUser()];
      registry.disconnected(connect(ada).socketId);
      connect(bob);
      await registry.close();
      expect(changes).toContainEqual([ada, false]);
      expect(changes).not.toContainEqual([bob, false]);
    });

    it("stops telling whoever stopped listening", async () => {
      await start();
      const heard: UserId[] = [];
      const stop = registry.onChange((user) => heard.push(user));
      const [ada, bob] = [newUser(), newUser()];
      connect(ada);
      await vi.waitFor(() => expect(heard).toEqual([ada]));
      stop();
      connect(bob);
      await vi.waitFor(() => expect(changes).toContainEqual([bob, true]));
      expect(heard).toEqual([ada]);
    });
  });
}
