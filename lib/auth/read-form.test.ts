import { describe, expect, it } from "vitest";
import { readForm } from "./read-form";

function post(body: BodyInit, type?: string): Request {
  return new Request("http://localhost/", {
    method: "POST",
    body,
    headers: type === undefined ? {} : { "Content-Type": type },
  });
}

describe("readForm", () => {
  it("reads a form, and the same as JSON", async () => {
    const form = await readForm(post(new URLSearchParams({ username: "ada", password: "a b&c=ü" })));
    const json = await readForm(post('{"username":"ada","password":"a b&c=ü"}', "application/json"));
    expect(Object.fromEntries(form)).toEqual({ username: "ada", password: "a b&c=ü" });
    expect(Object.fromEntries(json)).toEqual({ username: "ada", password: "a b&c=ü" });
  });

  it.each([
    "null",
    "[]",
    '"x"',
    "7",
    '{"username":{"a":1},"password":["x"],"n":5}',
    "[".repeat(8_000) + "]".repeat(8_000),
  ])("takes nothing from %s", async (body) => {
    expect([...(await readForm(post(body, "application/json")))]).toEqual([]);
  });

  it("does not let a name reach a prototype", async () => {
    const form = await readForm(post('{"__proto__":"x","json":true}', "application/json"));
    expect(form.get("__proto__")).toBe("x");
    expect(form.get("json")).toBe("true");
  });

  it("refuses what is no JSON, and what is too large without reading on", async () => {
    await expect(readForm(post("{", "application/json"))).rejects.toMatchObject({ code: "bad_request" });
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(4_096));
      },
    });
    const init: RequestInit & { duplex: "half" } = { method: "POST", body: endless, duplex: "half" };
    const request = new Request("http://localhost/", init);
    await expect(readForm(request)).rejects.toMatchObject({ code: "too_large" });
    expect(pulled).toBeLessThan(10);
  });

  it("takes no body for an empty form", async () => {
    expect([...(await readForm(new Request("http://localhost/", { method: "POST" })))]).toEqual([]);
  });
});
