import { describe, expect, it } from "vitest";
import { readConfig } from "./env";

const HOMING_SECRET = "s".repeat(32);
const clusterOf = (env: Record<string, string>) => readConfig({ HOMING_SECRET, ...env }).cluster;

describe("the settings of a cluster", () => {
  it("are missing without Redis", () => {
    expect(clusterOf({ REDIS_URL: "", ROUTING: "local" })).toBeUndefined();
  });

  it("are directed unless said otherwise", () => {
    const url = "redis://127.0.0.1:6379";
    expect(clusterOf({ REDIS_URL: url })).toEqual({
      routing: "directed",
      redis: {
        target: { kind: "single", url },
        prefix: "homing",
        poolSize: 2,
        maxRedirections: 16,
        connectTimeoutMs: 5_000,
        commandTimeoutMs: 5_000,
      },
    });
    expect(clusterOf({ REDIS_URL: url, ROUTING: "broadcast" })?.routing).toBe("broadcast");
  });

  it("fill in what the address leaves out", () => {
    const url = (env: Record<string, string>) => {
      const target = clusterOf({ REDIS_PASSWORD: "p@ss/word", REDIS_DATABASE: "2", REDIS_TLS: "on", ...env })
        ?.redis.target;
      return target?.kind === "single" ? target.url : undefined;
    };
    expect(url({ REDIS_URL: "redis://host" })).toBe("rediss://:p%40ss%2Fword@host/2");
    expect(url({ REDIS_URL: "redis://me:mine@host:7000/5" })).toBe("rediss://me:mine@host:7000/5");
  });

  it("name sentinels and the nodes of a Redis Cluster", () => {
    expect(clusterOf({ REDIS_SENTINELS: "a:1, [::1]:2", REDIS_MASTER: "main" })?.redis.target).toMatchObject({
      kind: "sentinel",
      sentinels: [
        { host: "a", port: 1 },
        { host: "::1", port: 2 },
      ],
      master: "main",
      db: 0,
      tls: false,
    });
    expect(clusterOf({ REDIS_CLUSTER_NODES: "a:1,b:2", REDIS_PASSWORD: "x" })?.redis.target).toMatchObject({
      kind: "cluster",
      nodes: [
        { host: "a", port: 1 },
        { host: "b", port: 2 },
      ],
      password: "x",
    });
  });

  it("give nodes that share a machine names of their own", () => {
    const nameAt = (PORT: string) => readConfig({ HOMING_SECRET, REDIS_URL: "redis://host", PORT }).node.name;
    expect(nameAt("3001")).not.toBe(nameAt("3002"));
  });

  it.each([
    [{ REDIS_URL: "redis://a", REDIS_CLUSTER_NODES: "b:1" }, /exclude each other/],
    [{ ROUTING: "directed" }, /ROUTING=directed needs a Redis/],
    [{ REDIS_URL: "redis://a", ROUTING: "local" }, /ROUTING=local is for one node alone/],
    [{ REDIS_URL: "redis://a", HOMING_SECRET: "" }, /HOMING_SECRET is missing/],
  ])("refuse what does not go together: %o", (env, sentence) => {
    expect(() => clusterOf(env)).toThrow(sentence);
  });
});
