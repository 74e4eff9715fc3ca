import { randomUUID } from "node:crypto";
import { clientId as parseClient } from "@/lib/contract/ids";
import type { Head } from "@/lib/contract/shapes";
import type { Account } from "./accounts";
import { Device, type DeviceOptions } from "./device";
import type { History } from "./history";
import type { Place, Places } from "./places";
import type { Random } from "./random";

/** A conversation of the run. */
export interface SceneConversation {
  id: string;
  /** The usernames of those who stay. */
  members: string[];
  /** Nobody talks here: what gets lost is not made known by what comes after it. */
  isQuiet?: true;
}

export interface SceneOptions {
  places: Places;
  history: History;
  random: Random;
  /** Begins every username. */
  prefix: string;
  create(usernames: readonly string[]): Promise<Account[]>;
  repairsGaps: boolean;
}

/** Longer than a dead node's users may look online. */
const GONE_MS = 40_000;
const TALKERS = 6;
const REVOKED = 2;

/**
 * Who takes part: talkers with two devices each on different nodes; a guest who is let into a group and put out again;
 * a stranger who must hear nothing; for each node a resident, whose only device never comes back from losing its node;
 * and people whose accounts are disabled during the run.
 */
export class Scene {
  readonly conversations: SceneConversation[] = [];
  readonly talkers: Device[][] = [];
  readonly residents: Device[] = [];
  readonly revocable: Device[][] = [];
  /** Two devices each, as the talkers. */
  guest: Device[] = [];
  /** The group that the guest comes to and goes from; its owner is the first talker. */
  guestGroup = "";
  readonly userIds = new Map<string, string>();
  readonly #options: SceneOptions;
  readonly #accounts = new Map<string, Account>();
  readonly #all: Device[] = [];
  #pins = 0;

  private constructor(options: SceneOptions) {
    this.#options = options;
  }

  static async prepare(options: SceneOptions): Promise<Scene> {
    const scene = new Scene(options);
    const { places } = options;
    const names = (role: string, count: number) =>
      Array.from({ length: count }, (_, index) => `${options.prefix}.${role}${index + 1}`);
    const talkers = names("talker", TALKERS);
    const residents = names("resident", places.all.length);
    const revocable = names("revoked", REVOKED);
    const [guest = "", stranger = ""] = [...names("guest", 1), ...names("stranger", 1)];
    const usernames = [...talkers, ...residents, ...revocable, guest, stranger];
    for (const account of await options.create(usernames)) scene.#accounts.set(account.username, account);

    for (const name of talkers) scene.talkers.push([scene.#device(name, 1), scene.#device(name, 2)]);
    scene.guest = [scene.#device(guest, 1), scene.#device(guest, 2)];
    scene.residents.push(...places.all.map((place, index) => scene.#pinned(residents[index] ?? "", place)));
    for (const name of revocable) scene.revocable.push(places.all.map((place) => scene.#pinned(name, place)));
    for (const place of places.all) scene.#pinned(stranger, place);

    await scene.#meet(talkers, [...residents, guest], guest);
    return scene;
  }

  /** Every device of those who talk. */
  get devices(): Device[] {
    return [...this.talkers, this.guest].flat();
  }

  tokenOf(username: string): string {
    return this.#accounts.get(username)?.token ?? "";
  }

  username(userId: string): string {
    return this.userIds.get(userId) ?? userId;
  }

  /** Residents who have been gone for so long that everybody must know it come back, each with another device. */
  returnResidents(): void {
    const { places, history } = this.#options;
    for (const [index, resident] of this.residents.entries()) {
      const place = places.all[index];
      const gone = history.connections.find(({ device }) => device === resident.name)?.to ?? 0;
      if (place === undefined || !resident.isEnded || performance.now() < gone + GONE_MS) continue;
      this.residents[index] = this.#pinned(resident.user, place);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map((device) => device.close()));
  }

  /** One that goes to another node when it lost the last one. */
  #device(user: string, number: number): Device {
    const { places, random } = this.#options;
    return this.#start({
      name: `${user}-${number}`,
      user,
      returns: true,
      place: (lost) => {
        const ready = places.ready();
        const others = ready.filter(({ name }) => name !== lost?.name);
        // The two devices of a user begin on different nodes.
        if (lost === undefined)
          return ready[(this.talkers.length + number) % ready.length] ?? random.pick(ready);
        return random.pick(others.length > 0 ? others : ready);
      },
    });
  }

  #pinned(user: string, place: Place): Device {
    this.#pins += 1;
    return this.#start({
      name: `${user}-on-${place.name}-${this.#pins}`,
      user,
      returns: false,
      place: () => place,
    });
  }

  #start(options: Pick<DeviceOptions, "name" | "user" | "returns" | "place">): Device {
    const { history, random, repairsGaps } = this.#options;
    const token = this.tokenOf(options.user);
    const device = new Device({ ...options, token, history, repairsGaps, random: () => random.next() });
    device.start();
    this.#all.push(device);
    return device;
  }

  async #meet(talkers: readonly string[], listeners: readonly string[], guest: string): Promise<void> {
    const first = this.talkers[0]?.[0];
    if (first === undefined) throw new Error("Nobody talks.");
    await everybodyHere(this.#all);
    const [owner = "", ...others] = talkers;
    const everybody = await this.#group(first, "everybody", [...others, ...listeners]);
    this.conversations.push({ id: everybody.id, members: [owner, ...others, ...listeners] });
    for (const { id, username } of everybody.members) this.userIds.set(id, username);
    const some = others.slice(0, 2);
    const startedAt = performance.now();
    const group = await this.#group(first, "with a guest", [...some, guest]);
    this.#options.history.requests.push({
      kind: "membership",
      user: owner,
      device: first.name,
      node: first.node,
      conversation: group.id,
      startedAt,
      endedAt: performance.now(),
      outcome: "ok",
      member: guest,
      joins: true,
    });
    this.guestGroup = group.id;
    this.conversations.push({ id: group.id, members: [owner, ...some] });
    const quiet = await this.#group(first, "quiet", others);
    this.conversations.push({ id: quiet.id, members: [owner, ...others], isQuiet: true });
    for (const [index, devices] of this.talkers.entries()) {
      const [username, other] = [talkers[index], talkers[(index + 1) % talkers.length]];
      const answer = await devices[0]?.call("conversation:open", { username: other ?? "" });
      if (!answer?.ok) throw new Error(`A conversation did not open: ${JSON.stringify(answer)}`);
      this.conversations.push({ id: answer.conversation.id, members: [username ?? "", other ?? ""] });
    }
    this.#options.history.conversations.push(...this.conversations);
  }

  async #group(device: Device, title: string, usernames: readonly string[]): Promise<Head> {
    const clientId = parseClient.parse(randomUUID());
    const answer = await device.call("conversation:create", { clientId, title, usernames: [...usernames] });
    if (!answer?.ok) throw new Error(`A group was not made: ${JSON.stringify(answer)}`);
    return answer.conversation;
  }
}

async function everybodyHere(devices: readonly Device[]): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (devices.some(({ isConnected }) => !isConnected)) {
    if (performance.now() > deadline) throw new Error("Not everybody could connect.");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
