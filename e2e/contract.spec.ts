import { randomUUID } from "node:crypto";
import { request } from "@playwright/test";
import { clientId } from "@/lib/contract/ids";
import { ContractClient } from "./support/contract-client";
import type { HomingServer } from "./support/homing-server";
import { attemptSignIn, sessionCookie } from "./support/plain-client";
import { expect, PASSWORD, test } from "./support/test";

/** A revoked session's sockets are closed within this time. */
const ENDS_WITHIN_MS = 5_000;

/** Signs in by the form and opens a socket with the cookie, as the contract says. */
async function signInAndConnect(homing: HomingServer, username: string) {
  const { client, csrfToken, answer } = await attemptSignIn(homing.url, { username, password: PASSWORD });
  expect(answer.status()).toBe(302);
  const session = await sessionCookie(client);
  const cookie = `${session?.name}=${session?.value}`;
  const socket = await ContractClient.connect(homing.url, { cookie, origin: homing.url });
  return { client, csrfToken, cookie, socket };
}

async function tokenOf(homing: HomingServer, username: string): Promise<string> {
  return (await homing.operate(["token", "create", username])).trim();
}

const refusalOf = (connecting: Promise<unknown>) =>
  connecting.then(
    () => "connected",
    (error: { data?: { code?: string } }) => error.data?.code ?? String(error),
  );

test("a plain client signs in and out as the contract says", async ({ homing, signedIn }) => {
  const { username } = await signedIn("Ada");
  const { client, csrfToken, answer } = await attemptSignIn(homing.url, {
    username: username.toUpperCase(),
    password: PASSWORD,
    callbackUrl: "https://evil.example/",
  });
  expect(answer.status()).toBe(302);
  expect(answer.headers().location).toBe(`${homing.url}/chat`);
  expect(await sessionCookie(client)).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  expect(await (await client.get("/api/auth/session")).json()).toMatchObject({ user: { username } });
  // The cookie as it was before signing out: the row decides, not the cookie.
  const kept = await request.newContext({ baseURL: homing.url, storageState: await client.storageState() });
  await client.post("/api/auth/signout", { form: { csrfToken }, maxRedirects: 0 });
  expect(await (await kept.get("/api/auth/session")).json()).toEqual({});
});

test("what is no proper attempt is refused", async ({ homing, signedIn }) => {
  const { username } = await signedIn("Ada");
  const right = { username, password: PASSWORD };
  const forged = await attemptSignIn(homing.url, { ...right, csrfToken: "forged" });
  expect(await sessionCookie(forged.client)).toBeUndefined();
  const huge = await attemptSignIn(homing.url, { ...right, password: "x".repeat(1_000_000) });
  expect(huge.answer.status()).toBe(413);
  for (const password of ["", "with\0NUL", "__proto__", "x".repeat(2_000)]) {
    const { client, answer } = await attemptSignIn(homing.url, { ...right, password, json: "true" });
    expect(answer.status()).toBe(401);
    expect(await sessionCookie(client)).toBeUndefined();
  }
  const { client } = await attemptSignIn(homing.url, {});
  const foreign = await client.post("/api/auth/callback/credentials", {
    form: right,
    headers: { Origin: "https://evil.example" },
  });
  expect(foreign.status()).toBe(403);
});

test("the session's cookie opens a socket, and signing out closes it", async ({ homing, signedIn }) => {
  const { username } = await signedIn("Ada");
  const { client, csrfToken, cookie, socket } = await signInAndConnect(homing, username);
  expect((await socket.call("sync", {})).me).toMatchObject({ username, name: "Ada", role: "user" });

  const ended = socket.next("session:end");
  const closed = socket.closed();
  await client.post("/api/auth/signout", { form: { csrfToken }, maxRedirects: 0 });
  expect(await closed).toBeLessThan(ENDS_WITHIN_MS);
  expect(await ended).toEqual({ reason: "signed_out" });
  const again = ContractClient.connect(homing.url, { cookie, origin: homing.url });
  expect(await refusalOf(again)).toBe("unauthenticated");
});

test("a cookie from another site's page, or nothing at all, opens none", async ({ homing, signedIn }) => {
  const { username } = await signedIn("Ada");
  const { cookie, socket } = await signInAndConnect(homing, username);
  const connect = (handshake: { cookie?: string; origin?: string; token?: string }) =>
    refusalOf(ContractClient.connect(homing.url, handshake));
  expect(await connect({ cookie, origin: "https://evil.example" })).not.toBe("connected");
  expect(await connect({ cookie, origin: "null" })).not.toBe("connected");
  expect(await connect({ cookie })).not.toBe("connected");
  expect(await connect({ origin: homing.url })).toBe("unauthenticated");
  expect(await connect({ token: "homing_not-a-token" })).toBe("unauthenticated");
  // A wrong token never passes for whoever the cookie names.
  expect(await connect({ cookie, origin: homing.url, token: "wrong" })).toBe("unauthenticated");
  expect(socket.socket.connected).toBe(true);
  socket.close();
});

test("two programs with tokens talk", async ({ homing, signedIn }) => {
  const [ada, ben] = [await signedIn("Ada"), await signedIn("Ben")];
  const one = await ContractClient.connect(homing.url, { token: await tokenOf(homing, ada.username) });
  const other = await ContractClient.connect(homing.url, { token: await tokenOf(homing, ben.username) });
  const { conversation } = await one.call("conversation:open", { username: ben.username });
  const send = { conversationId: conversation.id, clientId: clientId.parse(randomUUID()), body: "Hello" };

  const heard = other.next("change");
  const first = await one.call("message:send", send);
  expect(first).toMatchObject({ duplicate: false, message: { seq: 1, body: "Hello" } });
  expect(await heard).toMatchObject({ rev: 1, type: "message.created", message: { body: "Hello" } });
  expect(await one.call("message:send", send)).toMatchObject({ duplicate: true, message: { seq: 1 } });
  expect(await one.ask("message:send", { ...send, body: "Other" })).toMatchObject({
    ok: false,
    error: { code: "conflict" },
  });
  const receipt = one.next("receipt");
  await other.call("read:set", { conversationId: conversation.id, seq: 1 });
  expect(await receipt).toMatchObject({ readSeq: 1, deliveredSeq: 1 });
  const { messages } = await other.call("conversation:history", { conversationId: conversation.id });
  expect(messages.map(({ body }) => body)).toEqual(["Hello"]);
  expect(messages[0]).not.toHaveProperty("clientId");

  const closed = other.closed();
  await homing.operate(["user", "disable", ben.username]);
  expect(await closed).toBeLessThan(ENDS_WITHIN_MS);
  one.close();
});
