import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { deviceId, type UserId, userId } from "@/lib/contract/ids";
import type { Standing } from "@/lib/domain/standing";
import type { Connection, PresenceRegistry } from "@/lib/usecases/ports/presence-registry";

/** Grace of the registries under test, in milliseconds: long enough to act within, short enough to wait for. */
export const SUITE_GRACE_MS = 150;

/** What every presence registry promises, whatever keeps it. `create` gives an empty one named `node-1`. */
export function describePresenceRegistry(name: string, create: () => Promise<PresenceRegistry>): void {
  describe(name, () => {
    let registry: PresenceRegistry;
    let changes: [UserId, Standing][];

    const start = async () => {
      registry = await create();
      changes = [];
      registry.onChange((user, standing) => changes.push([user, standing]));
    };
    const newUser = () => userId.parse(randomUUID());
    const connection = (user: UserId, device?: string): Connection => ({
      socketId: randomUUID(),
      userId: user,
      device: device === undefined ? undefined : deviceId.parse(device),
      since: new Date("2026-01-01T00:00:00.000Z"),
    });
    const connect = (user: UserId, idle = false) => {
      const opened = { ...connection(user), ...(idle ? { idle } : {}) };
      registry.connected(opened);
      return opened;
    };
    const isAway = async (user: UserId) => (await registry.online([user])).away.has(user);
    const isOnline = async (user: UserId) => (await registry.online([user])).users.has(user);

    afterEach(() => registry.close());

    it("tells that a user is online with their first connection, once", async () => {
      await start();
      const ada = newUser();
      expect(await isOnline(ada)).toBe(false);
      connect(ada);
      connect(ada);
      await vi.waitFor(() => expect(changes).toEqual([[ada, "online"]]));
      expect(await isOnline(ada)).toBe(true);
    });

    it("keeps a user online while another tab is open", async () => {
      await start();
      const [ada, bob] = [newUser(), newUser()];
      const [first] = [connect(ada), connect(ada)];
      const only = connect(bob);
      registry.disconnected(first.socketId);
      registry.disconnected(only.socketId);
      await vi.waitFor(() => expect(changes).toContainEqual([bob, "offline"]));
      expect(changes).not.toContainEqual([ada, "offline"]);
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
      await vi.waitFor(() => expect(changes).toContainEqual([bob, "offline"]));
      expect(changes.filter(([user]) => user === ada)).toEqual([[ada, "online"]]);
    });

    it("tells that a user comes back after they were offline", async () => {
      await start();
      const ada = newUser();
      registry.disconnected(connect(ada).socketId);
      await vi.waitFor(() => expect(changes).toHaveLength(2));
      connect(ada);
      await vi.waitFor(() =>
        expect(changes).toEqual([
          [ada, "online"],
          [ada, "offline"],
          [ada, "online"],
        ]),
      );
    });

    it("tells that a user is away when nobody is at any of their connections, and online with the first who is", async () => {
      await start();
      const ada = newUser();
      const [first, second] = [connect(ada), connect(ada)];
      registry.setIdle(first.socketId, true);
      registry.setIdle(second.socketId, true);
      await vi.waitFor(() => expect(changes).toContainEqual([ada, "away"]));
      expect(await isAway(ada)).toBe(true);
      expect(await isOnline(ada)).toBe(true);
      registry.setIdle(second.socketId, false);
      await vi.waitFor(() =>
        expect(changes).toEqual([
          [ada, "online"],
          [ada, "away"],
          [ada, "online"],
        ]),
      );
      expect(await isAway(ada)).toBe(false);
      expect(await registry.connections()).toContainEqual(
        expect.objectContaining({ socketId: first.socketId, idle: true }),
      );
    });

    it("keeps a user online who says nothing at one connection, however idle the others are", async () => {
      await start();
      const [ada, bob] = [newUser(), newUser()];
      registry.setIdle(connect(ada).socketId, true);
      connect(ada);
      registry.setIdle(connect(bob).socketId, true);
      await vi.waitFor(() => expect(changes).toContainEqual([bob, "away"]));
      expect(changes.filter(([user]) => user === ada)).toEqual([[ada, "online"]]);
    });

    it("takes somebody whose last active connection closed as away, and as offline after the last of all", async () => {
      await start();
      const ada = newUser();
      const [active, idle] = [connect(ada), connect(ada, true)];
      registry.disconnected(active.socketId);
      await vi.waitFor(() => expect(changes).toContainEqual([ada, "away"]));
      registry.disconnected(idle.socketId);
      await vi.waitFor(() =>
        expect(changes).toEqual([
          [ada, "online"],
          [ada, "away"],
          [ada, "offline"],
        ]),
      );
      expect(await isOnline(ada)).toBe(false);
    });

    it("has whoever connects idle away from the beginning, and does not flicker when they connect anew", async () => {
      await start();
      const [ada, bob] = [newUser(), newUser()];
      registry.disconnected(connect(ada, true).socketId);
      connect(ada, true);
      registry.disconnected(connect(bob).socketId);
      await vi.waitFor(() => expect(changes).toContainEqual([bob, "offline"]));
      expect(changes.filter(([user]) => user === ada)).toEqual([[ada, "away"]]);
    });

    it("tells little of a client that keeps changing its mind", async () => {
      await start();
      const [ada, bob] = [newUser(), newUser()];
      const { socketId } = connect(ada);
      for (let round = 0; round < 100; round += 1) {
        registry.setIdle(socketId, true);
        registry.setIdle(socketId, false);
      }
      registry.disconnected(connect(bob).socketId);
      await vi.waitFor(() => expect(changes).toContainEqual([bob, "offline"]));
      expect(changes.filter(([user]) => user === ada)).toEqual([[ada, "online"]]);
      registry.setIdle(randomUUID(), true);
      expect(await isAway(ada)).toBe(false);
    });

    it("answers only for the users asked about", async () => {
      await start();
      const [ada, bob, stranger] = [newUser(), newUser(), newUser()];
      connect(ada);
      connect(bob);
      expect(await registry.online([bob, stranger])).toEqual({
        users: new Set([bob]),
        away: new Set(),
        isWhole: true,
      });
      expect(await registry.online([])).toEqual({ users: new Set(), away: new Set(), isWhole: true });
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
      expect(changes).toContainEqual([ada, "offline"]);
      expect(changes).not.toContainEqual([bob, "offline"]);
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
      await vi.waitFor(() => expect(changes).toContainEqual([bob, "online"]));
      expect(heard).toEqual([ada]);
    });
  });
}
