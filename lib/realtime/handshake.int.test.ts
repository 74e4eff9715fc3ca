import { get } from "node:http";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openRawSocket } from "./testing/raw-socket";
import { closed, connect, refusalOf } from "./testing/test-client";
import { startTestNode, type TestNode } from "./testing/test-node";
import type { TestUser } from "./testing/test-user";

let node: TestNode;
let ada: TestUser;

beforeAll(async () => {
  node = await startTestNode();
  ada = await node.createUser("ada");
});
afterAll(() => node.stop());

const origin = () => node.url;
const cookies = (headers: Record<string, string>) => ({ extraHeaders: { cookie: ada.cookie, ...headers } });
const code = async (options: Parameters<typeof refusalOf>[1]) => {
  const refusal = await refusalOf(node, options);
  return typeof refusal === "string" ? refusal : refusal.code;
};
const polling = { transports: ["polling"] };

const SESSION_COOKIE = "next-auth.session-token";

describe("who may connect", () => {
  it("lets in a token without an origin, and a cookie from a page of ours", async () => {
    expect(await code({ auth: { token: ada.token } })).toBe("connected");
    expect(await code({ auth: { token: ada.token }, ...polling })).toBe("connected");
    expect(await code(cookies({ origin: origin() }))).toBe("connected");
    expect(await code({ ...cookies({ origin: origin() }), ...polling })).toBe("connected");
    const inPieces = { cookie: ada.cookie.replace("=", ".0="), origin: origin() };
    expect(await code({ extraHeaders: inPieces })).toBe("connected");
  });

  it("lets in a page of ours whose browser says so in other words than Origin", async () => {
    expect(await code({ ...cookies({ "sec-fetch-site": "same-origin" }), ...polling })).toBe("connected");
    expect(await code({ ...cookies({ referer: `${origin()}/chat` }), ...polling })).toBe("connected");
  });

  it("refuses cookies without an origin, and any page of others", async () => {
    expect(await code(cookies({}))).toBe("forbidden");
    expect(await code({ ...cookies({}), ...polling })).toBe("forbidden");
    for (const transports of [["websocket"], ["polling"]]) {
      for (const foreign of ["https://evil.example", "null", `${origin()}.evil.example`, "garbage"]) {
        expect(await code({ ...cookies({ origin: foreign }), transports })).toBe("no connection");
        expect(
          await code({ auth: { token: ada.token }, extraHeaders: { origin: foreign }, transports }),
        ).toBe("no connection");
      }
      expect(await code({ ...cookies({ referer: "https://evil.example/" }), transports })).toBe(
        "no connection",
      );
      expect(await code({ ...cookies({ "sec-fetch-site": "cross-site" }), transports })).toBe(
        "no connection",
      );
    }
  });

  it("refuses a host name that is not ours", async () => {
    expect(await code({ auth: { token: ada.token }, extraHeaders: { host: "evil.example" } })).toBe(
      "no connection",
    );
  });

  it("tells a wrong, missing, null or ended credential from nothing", async () => {
    const ended = await node.createUser("ended");
    await node.people.revokeSession(ended.account.id, ended.session);
    const forged = `${SESSION_COOKIE}=${await encode({ token: { sid: ada.session }, secret: "another secret" })}`;
    const refused = [
      {},
      { auth: { token: "wrong" } },
      { auth: { token: "" } },
      { extraHeaders: { cookie: ended.cookie, origin: origin() } },
      ...[
        forged,
        ada.cookie.slice(0, -3),
        `${SESSION_COOKIE}=${"x".repeat(8_000)}`,
        `${SESSION_COOKIE}=`,
        `${SESSION_COOKIE}=null`,
        "%00%ff; ;;=;x",
      ].map((cookie) => ({ extraHeaders: { cookie, origin: origin() } })),
    ];
    for (const options of refused) expect(await code(options)).toBe("unauthenticated");
  });

  it("takes the token alone when there is one, whatever the cookie says", async () => {
    expect(await code({ ...cookies({ origin: origin() }), auth: { token: "wrong" } })).toBe(
      "unauthenticated",
    );
  });

  it("names the field of an `auth` that is wrong", async () => {
    for (const [auth, field] of [
      [{ token: 5 }, "token"],
      [{ token: null }, "token"],
      [{ token: "x".repeat(201) }, "token"],
      [{ device: "not a uuid" }, "device"],
      [{ device: {} }, "device"],
      [JSON.parse('{"__proto__": {"token": 1}, "device": 1}'), "device"],
    ]) {
      const refusal = await refusalOf(node, { auth });
      expect(refusal).toMatchObject({ code: "bad_request", message: expect.stringContaining(field) });
    }
  });

  it("refuses cookies beyond what HTTP headers may hold, and lives", async () => {
    const status = await new Promise((resolve, reject) => {
      get(
        `${node.url}/socket.io/?EIO=4&transport=polling`,
        { headers: { cookie: "c".repeat(40_000) } },
        (response) => resolve(response.resume().statusCode),
      ).on("error", reject);
    });
    expect(status).toBe(431);
    expect(await code({ auth: { token: ada.token } })).toBe("connected");
  });

  it("knows one namespace only", async () => {
    const client = await connect(node, ada);
    const noSuch = { code: "not_found", message: "There is no such namespace." };
    for (const name of ["/admin", "/__proto__", "/constructor", `/${"n".repeat(500)}`]) {
      const other = client.socket.io.socket(name, { auth: { token: ada.token } });
      const refusal = await new Promise((resolve) => {
        other.once("connect", () => resolve("connected"));
        other.once("connect_error", (error: Error & { data?: unknown }) => resolve(error.data));
        other.connect();
      });
      expect(refusal).toEqual(noSuch);
    }
    expect((await client.ask("people:search", {})).ok).toBe(true);
    client.socket.disconnect();
  });

  it("closes a connection that keeps trying", async () => {
    // The stock client opens a new connection for a new try.
    const socket = await openRawSocket(node.port);
    for (let tries = 1; tries <= 6; tries += 1) {
      socket.text('40{"token":"guess"}');
      if (tries < 6) await vi.waitFor(() => expect(socket.received).toHaveLength(1 + tries));
    }
    await socket.closed();
    const codes = socket.received.slice(1).map((text) => JSON.parse(text.slice(2)).data.code);
    expect(codes).toEqual(Array(5).fill("unauthenticated"));
  });
});

describe("caps", () => {
  it("refuses a user's next socket, and takes it once another closed", async () => {
    const small = await startTestNode({ limits: { socketsPerUser: 2 } });
    const [bob, eve] = [await small.createUser("bob"), await small.createUser("eve")];
    const first = await connect(small, bob);
    await connect(small, bob);
    expect(await refusalOf(small, { auth: { token: bob.token } })).toMatchObject({
      code: "rate_limited",
      retryAfterMs: expect.any(Number),
    });
    expect(await refusalOf(small, { auth: { token: eve.token } })).toBe("connected");
    first.socket.disconnect();
    await expect.poll(() => refusalOf(small, { auth: { token: bob.token } })).toBe("connected");
    await small.stop();
  });

  it("refuses an address that holds too many connections, signed in or not", async () => {
    const small = await startTestNode({ limits: { socketsPerAddress: 2 } });
    const bob = await small.createUser("bob");
    const clients = [await connect(small, bob), await connect(small, bob)];
    expect(await refusalOf(small, { auth: { token: bob.token } })).toMatchObject({ code: "rate_limited" });
    for (const client of clients) client.socket.disconnect();
    await expect.poll(() => refusalOf(small, { auth: { token: bob.token } })).toBe("connected");
    await small.stop();
  });

  it("counts nothing when rate limits are off", async () => {
    const open = await startTestNode({ limits: { rates: false, socketsPerUser: 1, socketsPerAddress: 1 } });
    const bob = await open.createUser("bob");
    const clients = await Promise.all([1, 2, 3].map(() => connect(open, bob)));
    expect(clients.every((client) => client.socket.connected)).toBe(true);
    await open.stop();
  });
});

describe("when it cannot be checked who somebody is", () => {
  it("says unavailable and when to come back: an error, or no answer in time", async () => {
    let fault: () => Promise<never> = () => Promise.reject(new Error("secret detail"));
    const faulty = await startTestNode({
      handshakeTimeoutMs: 200,
      wrapAuthenticate: () => () => fault(),
    });
    const failed = await refusalOf(faulty, { auth: { token: "t" } });
    expect(failed).toMatchObject({ code: "unavailable", retryAfterMs: expect.any(Number) });
    expect(JSON.stringify(failed)).not.toContain("secret detail");
    expect(faulty.log.join("")).toContain("secret detail");

    fault = () => new Promise(() => undefined);
    expect(await refusalOf(faulty, { auth: { token: "t" } })).toMatchObject({ code: "unavailable" });
    await faulty.stop();
  });

  it("lets nobody in while draining, and tells those who are here", async () => {
    const leaving = await startTestNode();
    const bob = await leaving.createUser("bob");
    const client = await connect(leaving, bob);
    const drained = leaving.gateway.drain(5_000);
    await expect.poll(() => client.heardOf("drain")).toEqual([{ withinMs: 5_000 }]);
    expect(await refusalOf(leaving, { auth: { token: bob.token } })).toMatchObject({
      code: "unavailable",
      retryAfterMs: expect.any(Number),
    });
    expect((await client.ask("people:search", {})).ok).toBe(true);
    client.socket.disconnect();
    await drained;
    await leaving.stop();
    await closed(client);
  });
});
