import fc from "fast-check";
import type { ClientId, ConversationId, UserId } from "@/lib/contract/ids";
import type { Message } from "@/lib/contract/shapes";
import type { ConversationStore, CursorOutcome, SendOutcome } from "@/lib/usecases/ports/conversation-store";
import { newMessage } from "./stores";

/** What somebody does; numbers choose among what is there. `lane`: one lane waits for each of its steps, lanes do not wait. */
export type Step = { lane: number; user: number; conversation: number } & (
  | { do: "send"; key: number; body: string; replyTo: number | undefined }
  | { do: "edit"; seq: number; body: string }
  | { do: "delete"; seq: number }
  | { do: "read" | "deliver"; seq: number }
  | { do: "join" | "leave" }
);

const who = { lane: fc.nat({ max: 7 }), user: fc.nat({ max: 3 }), conversation: fc.nat({ max: 1 }) };
const seq = fc.integer({ min: 1, max: 12 });
const body = fc.constantFrom("a", "b", "c");

/** Few keys, bodies, people and conversations, so that steps meet. */
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        ...who,
        do: fc.constant("send" as const),
        key: fc.nat({ max: 9 }),
        body,
        replyTo: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined, freq: 5 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ ...who, do: fc.constant("edit" as const), seq, body }) },
    { weight: 1, arbitrary: fc.record({ ...who, do: fc.constant("delete" as const), seq }) },
    { weight: 3, arbitrary: fc.record({ ...who, do: fc.constantFrom("read", "deliver"), seq }) },
    { weight: 1, arbitrary: fc.record({ ...who, do: fc.constantFrom("join", "leave") }) },
  ),
  { minLength: 20, maxLength: 120 },
);

const one = { lane: 0, user: 1, conversation: 0 };
const say = { ...one, do: "send", key: 0, body: "a", replyTo: undefined } as const;

/** Every kind of step and answer once, whatever chance brings. */
export const everyKind: Step[] = [
  { ...say, replyTo: 4 },
  say,
  say,
  { ...say, body: "b" },
  { ...one, do: "edit", seq: 1, body: "c" },
  { ...one, do: "read", seq: 1 },
  { ...one, do: "deliver", seq: 1 },
  { ...one, do: "leave" },
  { ...say, key: 1 },
  { ...one, do: "join" },
  { ...one, do: "delete", seq: 1 },
];

/** A step with its answer; `began` and `ended` count on one clock. */
export type Done = { began: number; ended: number; user: UserId; conversation: ConversationId } & (
  | { do: "send"; clientId: ClientId; body: string; outcome: SendOutcome }
  | { do: "edit" | "delete"; message: Message | undefined }
  | { do: "read" | "deliver"; seq: number; outcome: CursorOutcome | undefined }
  | { do: "join" | "leave" }
);

export interface World {
  stores: readonly ConversationStore[];
  users: readonly UserId[];
  conversations: readonly ConversationId[];
  /** One for each pair of user and key. */
  clientId(user: UserId, key: number): ClientId;
}

/** Runs the lanes side by side, each on one of the nodes in turn. The first user never leaves. */
export async function perform(world: World, all: readonly Step[]): Promise<Done[]> {
  let clock = 0;
  const done: Done[] = [];
  const lanes = [...new Set(all.map(({ lane }) => lane))];
  await Promise.all(
    lanes.map(async (lane) => {
      const store = at(world.stores, lane);
      for (const step of all.filter((one) => one.lane === lane)) {
        const began = clock++;
        const answer = await take(world, store, step);
        done.push({ ...answer, began, ended: clock++ });
      }
    }),
  );
  return done;
}

type Answer = Done extends infer D ? (D extends Done ? Omit<D, "began" | "ended"> : never) : never;

async function take(world: World, store: ConversationStore, step: Step): Promise<Answer> {
  const user = at(world.users, step.user);
  const conversation = at(world.conversations, step.conversation);
  const by = { user, conversation };
  switch (step.do) {
    case "send": {
      const { body, replyTo } = step;
      const clientId = world.clientId(user, step.key);
      const more = { clientId, body, ...(replyTo === undefined ? {} : { replyTo }) };
      const outcome = await store.send(newMessage(conversation, user, more));
      return { ...by, do: "send", clientId, body, outcome };
    }
    case "edit":
    case "delete": {
      const message = await store.change(conversation, async (unit) => {
        const current = await unit.message(step.seq);
        if (current === undefined || current.deletedAt !== undefined) return undefined;
        const { message } =
          step.do === "edit"
            ? await unit.editMessage(step.seq, step.body)
            : await unit.deleteMessage(step.seq);
        return message;
      });
      return { ...by, do: step.do, message };
    }
    case "read":
    case "deliver": {
      const to = step.do === "read" ? { readSeq: step.seq } : { deliveredSeq: step.seq };
      return { ...by, do: step.do, seq: step.seq, outcome: await store.moveCursors(user, conversation, to) };
    }
    case "join":
    case "leave":
      await store.change(conversation, async (unit) => {
        const isMember = (await unit.member(user)) !== undefined;
        if (step.do === "join" && !isMember) await unit.addMember(user, "member");
        if (step.do === "leave" && isMember && step.user !== 0) await unit.removeMember(user);
      });
      return { ...by, do: step.do };
  }
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new Error("Nothing to choose from.");
  return item;
}
