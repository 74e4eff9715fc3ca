import { createServer, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createHostCheck } from "./allowed-hosts";
import { createClientAddresses } from "./client-address";
import { createRequestGuard, type Refusal } from "./guard-request";
import { createOriginCheck } from "./origin";

interface Seen {
  refusal: Refusal | undefined;
  headers: IncomingMessage["headers"];
}

let close: (() => void) | undefined;
afterEach(() => close?.());

/** Sends a raw request through a real server and the guard; what the guard said and left. */
async function guarded(head: string, options?: { publicUrl?: string; proxies?: string[] }): Promise<Seen> {
  const publicUrl = options?.publicUrl;
  const guard = createRequestGuard({
    hostIsAllowed: createHostCheck({ publicUrl, allowedHosts: ["chat.internal"] }),
    originIsOurs: createOriginCheck(publicUrl),
    addresses: createClientAddresses(options?.proxies ?? []),
    publicUrl,
  });
  return new Promise((resolve, reject) => {
    const server = createServer((request, response) => {
      resolve({ refusal: guard(request), headers: request.headers });
      response.end();
    });
    close = () => server.close();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") return reject(new Error("no port"));
      connect(address.port, "127.0.0.1").on("error", reject).end(`${head}\r\nConnection: close\r\n\r\n`);
    });
  });
}

describe("hosts", () => {
  it.each(["localhost:3000", "127.0.0.1:3000", "[::1]:3000", "192.168.1.4", "chat.internal", "a.localhost"])(
    "answers to %s",
    async (host) => {
      expect((await guarded(`GET / HTTP/1.1\r\nHost: ${host}`)).refusal).toBeUndefined();
    },
  );

  it.each(["evil.example", "evil.example:3000", "localhost.evil.example", "a b", "localhost:99999999"])(
    "refuses %s, as DNS rebinding would send it",
    async (host) => {
      expect((await guarded(`GET / HTTP/1.1\r\nHost: ${host}`)).refusal?.status).toBe(421);
    },
  );

  it("answers to the public address", async () => {
    const seen = await guarded("GET / HTTP/1.1\r\nHost: chat.example", { publicUrl: "https://chat.example" });
    expect(seen.refusal).toBeUndefined();
    expect(seen.headers["x-forwarded-proto"]).toBe("https");
  });
});

describe("targets", () => {
  it("refuses an absolute-form target", async () => {
    const seen = await guarded("GET http://localhost/chat HTTP/1.1\r\nHost: localhost");
    expect(seen.refusal?.status).toBe(400);
  });

  it("has no image optimizer", async () => {
    const seen = await guarded("GET /_next/image?url=http://127.0.0.1/ HTTP/1.1\r\nHost: localhost");
    expect(seen.refusal?.status).toBe(404);
  });
});

describe("origins", () => {
  const post = (more: string, path = "/inbox") =>
    guarded(`POST ${path} HTTP/1.1\r\nHost: localhost:3000\r\n${more}`);

  it.each(["https://evil.example", "null", "http://localhost:3001", "http://localhost", "%"])(
    "refuses a state-changing request from %s",
    async (origin) => {
      expect((await post(`Cookie: a=b\r\nOrigin: ${origin}`)).refusal?.status).toBe(403);
      expect((await post(`Origin: ${origin}`, "/api/auth/signout")).refusal?.status).toBe(403);
    },
  );

  it("refuses one that carries cookies and names no origin, but for the sign-in routes", async () => {
    expect((await post("Cookie: a=b")).refusal?.status).toBe(403);
    expect((await post("Cookie: a=b", "/api/auth/signout")).refusal).toBeUndefined();
  });

  it("lets its own pages pass", async () => {
    expect((await post("Cookie: a=b\r\nOrigin: http://localhost:3000")).refusal).toBeUndefined();
  });
});

describe("headers", () => {
  it("removes what only proxies and Next may say", async () => {
    const { headers } = await guarded(
      "GET / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 9.9.9.9\r\nX-Forwarded-Host: evil.example\r\n" +
        "X-Middleware-Subrequest: proxy\r\nContent-Security-Policy: script-src 'nonce-known'",
    );
    expect(headers["x-forwarded-for"]).toBe("127.0.0.1");
    expect(headers["x-forwarded-host"]).toBeUndefined();
    expect(headers["x-middleware-subrequest"]).toBeUndefined();
    expect(headers["content-security-policy"]).toBeUndefined();
  });

  it("believes a trusted proxy, up to the first hop that is none", async () => {
    const { headers } = await guarded(
      "GET / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 1.1.1.1, 8.8.8.8, 10.0.0.2",
      {
        proxies: ["127.0.0.1", "10.0.0.0/8"],
      },
    );
    expect(headers["x-forwarded-for"]).toBe("8.8.8.8");
  });
});
