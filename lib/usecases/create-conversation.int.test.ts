import { afterAll, beforeAll, expect, it } from "vitest";
import { newClientId } from "@/lib/store/testing/stores";
import type { Actor } from "./actor";
import { openDelivery, refusal } from "./testing/delivery";

let delivery: Awaited<ReturnType<typeof openDelivery>>;
beforeAll(async () => {
  delivery = await openDelivery();
});
afterAll(() => delivery.close());

type Request = Parameters<typeof delivery.useCases.createConversation>[1];
const create = (actor: Actor, request: Request) => delivery.useCases.createConversation(actor, request);
const named = (...people: Actor[]) => people.map(({ username }) => username);

/** Ann made a group with Ben and Eve; Dan and Flo are outside. */
async function made() {
  const [ann, ben, eve, ...others] = await delivery.actors(5);
  const request = { clientId: newClientId(), title: "Trip", usernames: named(ben, eve) };
  const { conversation } = await create(ann, request);
  for (const one of [ann, ben, eve]) delivery.hear(one);
  return { ann, ben, eve, others, request, id: conversation.id };
}

it("with the same client id and another title or other people is a conflict that makes and tells nothing", async () => {
  const { ann, ben, eve, others, request } = await made();
  const conflicting: Request[] = [
    { ...request, title: "Journey" },
    { ...request, usernames: named(ben) },
    { ...request, usernames: named(ben, eve, ...others) },
    { ...request, usernames: [] },
    { ...request, usernames: ["nobody-here"] },
  ];
  for (const other of conflicting) expect(await refusal(create(ann, other))).toBe("conflict");
  expect((await delivery.useCases.sync(ann, {})).conversations).toHaveLength(1);
  for (const one of [ann, ben, eve, ...others]) expect(delivery.hear(one)).toEqual([]);
});

it("again gives the first answer, in whatever order and however often people are named", async () => {
  const { ann, ben, eve, request, id } = await made();
  for (const usernames of [named(ben, eve), named(eve, ben, eve), named(ann, ben, eve)]) {
    expect((await create(ann, { ...request, usernames })).conversation.id).toBe(id);
  }
  expect(delivery.hear(ben)).toEqual([]);
});

it("again gives the same group also when that has another title and other members by now", async () => {
  const { ann, ben, eve, request, id } = await made();
  const update = { conversationId: id, title: "Journey", remove: named(eve) };
  await delivery.useCases.updateConversation(ann, update);
  expect((await create(ann, request)).conversation).toMatchObject({ id, title: "Journey", memberCount: 2 });
  // What it has become is not what was asked for.
  const asItIsNow = { ...request, title: "Journey", usernames: named(ben) };
  expect(await refusal(create(ann, asItIsNow))).toBe("conflict");
});

it("again is no matter of who was disabled since", async () => {
  const { ann, ben, request, id } = await made();
  await delivery.people.setDisabled(ben.id, true);
  expect((await create(ann, request)).conversation.id).toBe(id);
  expect(await refusal(create(ann, { ...request, clientId: newClientId() }))).toBe("not_found");
});

it("is of its maker's own: the same client id of somebody else makes another group", async () => {
  const { ben, eve, request, id } = await made();
  const { conversation } = await create(ben, { ...request, usernames: named(eve) });
  expect(conversation.id).not.toBe(id);
});

it("at once with two contents makes one group, and conflicts for the other", async () => {
  const [ann, ben] = await delivery.actors(3);
  const request = { clientId: newClientId(), title: "One", usernames: named(ben) };
  const asked = ["One", "Two", "One", "Two"].map((title) => refusal(create(ann, { ...request, title })));
  expect((await Promise.all(asked)).filter((code) => code === "conflict")).toHaveLength(2);
  expect((await delivery.useCases.sync(ann, {})).conversations).toHaveLength(1);
});
