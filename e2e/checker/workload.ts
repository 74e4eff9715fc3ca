import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { ClientActions } from "./client-actions";
import type { Device } from "./device";
import type { MessageView } from "./history";
import type { Random } from "./random";
import type { Scene } from "./scene";

const TICK_MS = 20;
const TRY_AGAIN_MS = 300;
const MOST_UNDER_WAY = 500;
const GUEST_EVERY_MS = 4_000;
const REMEMBERED = 200;
/** So often both devices of a user send the same message at the same moment, as when an outbox is shared. */
const TWICE_AT_ONCE = 0.05;

interface Own {
  conversation: string;
  clientId: string;
  body: string;
  message: MessageView;
}

/** People who write, edit, delete, read, page back and come and go, at a steady rate, whatever happens to the nodes. */
export class Workload {
  readonly #scene: Scene;
  readonly #actions: ClientActions;
  readonly #random: Random;
  readonly #rate: number;
  readonly #own = new Map<string, Own[]>();
  readonly #ending = new AbortController();
  #running: Promise<unknown> = Promise.resolve();
  #underWay = new Set<Promise<void>>();
  #isGivingUp = false;
  #sent = 0;

  constructor(options: { scene: Scene; actions: ClientActions; random: Random; rate: number }) {
    this.#scene = options.scene;
    this.#actions = options.actions;
    this.#random = options.random;
    this.#rate = options.rate;
  }

  start(): void {
    this.#running = Promise.all([this.#pour(), this.#inviteAndRemove()]);
  }

  /** Begins nothing new, and waits until every send that was begun has been acknowledged; gives up after `withinMs`. */
  async finish(withinMs: number): Promise<void> {
    this.#ending.abort();
    const timer = setTimeout(() => {
      this.#isGivingUp = true;
    }, withinMs);
    await this.#running;
    await Promise.all(this.#underWay);
    clearTimeout(timer);
  }

  async #pour(): Promise<void> {
    const began = performance.now();
    let begun = 0;
    while (!this.#ending.signal.aborted) {
      const due = ((performance.now() - began) / 1_000) * this.#rate;
      for (; begun < due; begun += 1) if (this.#underWay.size < MOST_UNDER_WAY) this.#begin();
      await delay(TICK_MS);
    }
  }

  #begin(): void {
    const action = this.#act().finally(() => this.#underWay.delete(action));
    this.#underWay.add(action);
  }

  async #act(): Promise<void> {
    const devices = this.#random.pick(this.#scene.talkers);
    const device = this.#random.pick(devices);
    const lot = this.#random.next();
    if (lot < 0.68) return this.#send(devices);
    if (lot < 0.74) return this.#repeat(device);
    if (lot < 0.82) return this.#alter(device, lot < 0.79);
    const conversation = this.#random.pick(this.#conversationsOf(device.user));
    if (lot < 0.92) return this.#read(device, conversation);
    if (lot < 0.97) return this.#page(device, conversation);
    await this.#actions.heads(device);
  }

  #conversationsOf(user: string): string[] {
    return this.#scene.conversations
      .filter(({ members, isQuiet }) => members.includes(user) && isQuiet !== true)
      .map(({ id }) => id);
  }

  /** Tries with the same id, by whichever device is there, until it is acknowledged. */
  async #send(devices: readonly Device[]): Promise<void> {
    const user = devices[0]?.user ?? "";
    const conversation = this.#random.pick(this.#conversationsOf(user));
    const clientId = randomUUID();
    this.#sent += 1;
    const body = `${this.#sent} of ${user}`;
    if (this.#random.next() < TWICE_AT_ONCE) {
      for (const device of devices) {
        if (device.isConnected) void this.#actions.send(device, conversation, clientId, body);
      }
    }
    while (!this.#isGivingUp) {
      const here = devices.filter(({ isConnected }) => isConnected);
      const answer =
        here.length === 0
          ? undefined
          : await this.#actions.send(this.#random.pick(here), conversation, clientId, body);
      if (answer !== undefined) {
        this.#remember(user, { conversation, clientId, body, message: answer.message });
        return;
      }
      await delay(TRY_AGAIN_MS);
    }
  }

  #remember(user: string, own: Own): void {
    const list = this.#own.get(user) ?? [];
    list.push(own);
    if (list.length > REMEMBERED) list.shift();
    this.#own.set(user, list);
  }

  #pickOwn(user: string): Own | undefined {
    const list = this.#own.get(user);
    return list === undefined ? undefined : this.#random.pick(list);
  }

  /** A send that was acknowledged comes again, with its body or with another. */
  async #repeat(device: Device): Promise<void> {
    const own = this.#pickOwn(device.user);
    if (own === undefined) return;
    const body = this.#random.next() < 0.7 ? own.body : `not ${own.body}`;
    await this.#actions.send(device, own.conversation, own.clientId, body);
  }

  async #alter(device: Device, edits: boolean): Promise<void> {
    const own = this.#pickOwn(device.user);
    if (own === undefined || own.message.deleted) return;
    const { seq, version } = own.message;
    const edit = edits ? { body: `${own.body}, edited ${version}`, version } : undefined;
    const answer = await this.#actions.alter(device, own.conversation, seq, edit);
    if (answer !== undefined) own.message = answer.message;
  }

  /** The even talkers also mark as unread, so that the cursors of the odd ones may be held to only moving forward. */
  async #read(device: Device, conversation: string): Promise<void> {
    const last = device.views.get(conversation)?.messages.at(-1)?.seq;
    if (last === undefined) return;
    const marksUnread = /[02468]$/.test(device.user) && this.#random.next() < 0.2;
    await this.#actions.read(
      device,
      conversation,
      this.#random.between(Math.max(1, last - 20), last),
      marksUnread,
    );
  }

  async #page(device: Device, conversation: string): Promise<void> {
    const last = device.views.get(conversation)?.messages.at(-1)?.seq ?? 0;
    const before = last > 1 && this.#random.next() < 0.5 ? this.#random.between(2, last) : undefined;
    await this.#actions.page(device, conversation, this.#random.between(5, 50), before);
  }

  async #inviteAndRemove(): Promise<void> {
    const [owner] = this.#scene.talkers;
    const [guest] = this.#scene.guest;
    if (owner === undefined || guest === undefined) return;
    let isIn = true;
    while (!this.#ending.signal.aborted) {
      await delay(GUEST_EVERY_MS);
      const device = owner.find(({ isConnected }) => isConnected);
      if (device === undefined) continue;
      await this.#actions.move(device, this.#scene.guestGroup, guest.user, !isIn);
      const head = (await this.#actions.heads(device))?.find(({ id }) => id === this.#scene.guestGroup);
      if (head !== undefined) isIn = head.members.some(({ username }) => username === guest.user);
    }
  }
}
