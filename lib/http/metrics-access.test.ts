import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { createMetricsAccess } from "./metrics-access";

const TOKEN = "a token of sixteen";

/** Whether a request from this peer with these headers may read. */
function allows(
  settings: { token?: string; publicUrl?: string },
  headers: Record<string, string>,
  peer = "127.0.0.1",
): boolean {
  const access = createMetricsAccess({ token: settings.token, publicUrl: settings.publicUrl });
  const socket = new Socket();
  Object.defineProperty(socket, "remoteAddress", { value: peer });
  const request = new IncomingMessage(socket);
  Object.assign(request.headers, headers);
  access.mark(request);
  return access.allows({ get: (name) => String(request.headers[name] ?? "") || null });
}

describe("the metrics without a token", () => {
  it.each([
    ["localhost:3000", "127.0.0.1"],
    ["127.0.0.1:3000", "::ffff:127.0.0.1"],
    ["[::1]:3000", "::1"],
  ])("are read by a program on this machine, at %s from %s", (host, peer) =>
    expect(allows({}, { host }, peer)).toBe(true),
  );

  it.each<[string, Record<string, string>, string]>([
    ["from another machine", { host: "localhost:3000" }, "10.0.0.7"],
    ["from an address that begins alike", { host: "localhost" }, "::ffff:12.7.0.1"],
    ["through a proxy that keeps the host", { host: "chat.example.com" }, "127.0.0.1"],
    ["through a proxy that says for whom", { host: "localhost", "x-forwarded-for": "1.2.3.4" }, "127.0.0.1"],
    ["through a proxy that names itself", { host: "localhost", via: "1.1 proxy" }, "127.0.0.1"],
    ["by the mark itself", { host: "localhost", "x-homing-local": "1" }, "10.0.0.7"],
    ["without a host", {}, "127.0.0.1"],
  ])("are closed %s", (_how, headers, peer) => expect(allows({}, headers, peer)).toBe(false));

  it("are closed where a public address is set", () => {
    expect(allows({ publicUrl: "https://chat.example.com" }, { host: "localhost:3000" })).toBe(false);
  });
});

describe("the metrics with a token", () => {
  const host = "chat.example.com";
  it("are read with it from anywhere, and with nothing else from nowhere", () => {
    const settings = { token: TOKEN, publicUrl: "https://chat.example.com" };
    expect(allows(settings, { host, authorization: `Bearer ${TOKEN}` }, "10.0.0.7")).toBe(true);
    expect(allows(settings, { host, authorization: `Bearer ${TOKEN}x` }, "10.0.0.7")).toBe(false);
    expect(allows(settings, { host }, "10.0.0.7")).toBe(false);
    expect(allows({ token: TOKEN }, { host: "localhost:3000" })).toBe(false);
    expect(allows({ token: TOKEN }, { host: "localhost", "x-homing-local": "1" })).toBe(false);
  });
});
