import { describe, expect, it } from "vitest";
import { createBackend } from "./backends";
import { createPollingSessions, sessionBegunBy, sessionOf } from "./polling-sessions";

const MINUTE = 60_000;

describe("createPollingSessions", () => {
  it("forgets a session a minute after its last use, and not before", () => {
    let now = 0;
    const sessions = createPollingSessions(() => now);
    const backend = createBackend("node-1", 3_001);
    sessions.remember("a", backend);
    now = MINUTE;
    expect(sessions.backendOf("a")).toBe(backend);
    now += MINUTE;
    expect(sessions.backendOf("a")).toBe(backend);
    now += MINUTE + 1;
    expect(sessions.backendOf("a")).toBeUndefined();
  });

  it("knows nothing of others", () => {
    expect(createPollingSessions().backendOf("never")).toBeUndefined();
  });
});

describe("sessionOf", () => {
  it.each([
    ["/socket.io/?EIO=4&transport=polling&sid=x_Y-1", "x_Y-1"],
    ["/socket.io/?EIO=4&transport=polling", undefined],
    ["/chat?sid=x", undefined],
    [undefined, undefined],
  ])("%s: %s", (url, sid) => {
    expect(sessionOf(url)).toBe(sid);
  });
});

describe("sessionBegunBy", () => {
  it("reads the answer to a handshake", () => {
    expect(sessionBegunBy('0{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":["websocket"]}')).toBe(
      "lv_VI97HAXpY6yYWAAAC",
    );
  });

  it("takes nothing else for one", () => {
    expect(sessionBegunBy('{"code":0,"message":"sid"}')).toBeUndefined();
    expect(sessionBegunBy('42["message",{"sid":"x"}]')).toBeUndefined();
  });
});
