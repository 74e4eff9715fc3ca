import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { ConfigError } from "./config-error";
import { readConfig, VARIABLE_NAMES } from "./env";

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe("readConfig", () => {
  it("needs nothing", () => {
    const config = readConfig({});
    expect(config.mode).toBe("production");
    expect(config.http).toMatchObject({
      port: 3000,
      host: "0.0.0.0",
      publicUrl: undefined,
      allowedHosts: [],
    });
    expect(config.data.directory).toBe(resolve("data"));
    expect(config.database).toEqual({ url: undefined, poolSize: 10 });
    expect(config.secret).toBeUndefined();
    expect(config.node.name).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
    expect(config.limits).toMatchObject({ rates: true, sendsPerSecond: 30, sendBurst: 300 });
    expect(config.drainMs).toBe(8_000);
    expect(config.cluster).toBeUndefined();
  });

  it("takes an empty variable as not set", () => {
    expect(readConfig({ PORT: "", HOMING_SECRET: " ", DATABASE_URL: "", LOG_LEVEL: "" }).http.port).toBe(
      3000,
    );
  });

  it("reads what is set", () => {
    const config = readConfig({
      NODE_ENV: "development",
      PORT: "0",
      HOST: "127.0.0.1",
      PUBLIC_URL: "https://Chat.example.com/",
      ALLOWED_HOSTS: " a.example, B.example:3000 ,,",
      TRUSTED_PROXIES: "10.0.0.0/8, ::1,fd00::/8",
      RATE_LIMITS: "off",
      NODE_NAME: "node-1",
    });
    expect(config.mode).toBe("development");
    expect(config.http).toEqual({
      port: 0,
      host: "127.0.0.1",
      publicUrl: "https://chat.example.com",
      allowedHosts: ["a.example", "b.example:3000"],
      trustedProxies: ["10.0.0.0/8", "::1", "fd00::/8"],
    });
    expect(config.limits.rates).toBe(false);
    expect(config.node.name).toBe("node-1");
  });

  it("lets sessions last half a year at most, or as long as they last unused", () => {
    const life = (env: Record<string, string>) => readConfig(env).sessions;
    expect(life({})).toEqual({ days: 30, mostDays: 180 });
    expect(life({ SESSION_DAYS: "365" })).toEqual({ days: 365, mostDays: 365 });
    expect(life({ SESSION_DAYS: "7", SESSION_MAX_DAYS: "7" })).toEqual({ days: 7, mostDays: 7 });
    expect(problemsOf({ SESSION_DAYS: "31", SESSION_MAX_DAYS: "30" })).toEqual([
      "SESSION_MAX_DAYS must not be less than SESSION_DAYS",
    ]);
  });

  it("names every wrong variable at once", () => {
    const problems = problemsOf({
      PORT: "70000",
      LOG_LEVEL: "loud",
      RATE_LIMITS: "maybe",
      SESSION_DAYS: "0",
      SESSION_MAX_DAYS: "half a year",
    });
    expect(problems.map((problem) => problem.split(" ")[0])).toEqual([
      "PORT",
      "LOG_LEVEL",
      "SESSION_DAYS",
      "SESSION_MAX_DAYS",
      "RATE_LIMITS",
    ]);
  });

  it.each([
    ["PORT", "-1"],
    ["PORT", "3000.5"],
    ["PORT", "1e3"],
    ["PORT", "NaN"],
    ["DATABASE_POOL", "1"],
    ["DATABASE_URL", "mysql://localhost/x"],
    ["PUBLIC_URL", "chat.example.com"],
    ["PUBLIC_URL", "https://chat.example.com/path"],
    ["PUBLIC_URL", "ftp://chat.example.com"],
    ["ALLOWED_HOSTS", "http://a.example"],
    ["ALLOWED_HOSTS", "a.example/path"],
    ["TRUSTED_PROXIES", "10.0.0.0/33"],
    ["TRUSTED_PROXIES", "proxy.example"],
    ["TRUSTED_PROXIES", "10.0.0.1/8/8"],
    ["HOMING_SECRET", "short"],
    ["NEXT_SERVER_ACTIONS_ENCRYPTION_KEY", "not base64!"],
    ["NEXT_SERVER_ACTIONS_ENCRYPTION_KEY", "c2hvcnQ="],
    ["NEXT_SERVER_ACTIONS_ENCRYPTION_KEY", `${"-_".repeat(21)}A=`],
    ["NODE_NAME", "two words"],
    ["LOG_FORMAT", "xml"],
    ["NODE_ENV", "staging"],
    ["ROUTING", "random"],
    ["REDIS_URL", "http://localhost:6379"],
    ["REDIS_SENTINELS", "sentinel-without-port"],
    ["REDIS_CLUSTER_NODES", "redis-1:6379,redis://redis-2:6379"],
    ["REDIS_PREFIX", "two words"],
    ["REDIS_POOL", "0"],
  ])("refuses %s=%s", (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} (must|has) `));
  });

  it("never repeats a secret in the message", () => {
    const message = problemsOf({ HOMING_SECRET: "hunter2", DATABASE_URL: "x://homing:hunter2@host/db" }).join(
      "\n",
    );
    expect(message).toContain("HOMING_SECRET");
    expect(message).not.toContain("hunter2");
  });
});

describe(".env.example", () => {
  const text = readFileSync(resolve(import.meta.dirname, "../../../.env.example"), "utf8");
  const entries = [...text.matchAll(/^#([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, name = "", value = ""]) => ({
    name,
    value,
  }));

  it("documents exactly the variables that are read", () => {
    expect(entries.map(({ name }) => name).sort()).toEqual([...VARIABLE_NAMES].sort());
  });

  it.each(["REDIS_URL", "REDIS_SENTINELS", "REDIS_CLUSTER_NODES"])(
    "gives values that are accepted, with %s",
    (chosen) => {
      const addresses = ["REDIS_URL", "REDIS_SENTINELS", "REDIS_CLUSTER_NODES"];
      const values = entries.filter(({ name }) => name === chosen || !addresses.includes(name));
      const example = Object.fromEntries(values.map(({ name, value }) => [name, value]));
      expect(problemsOf({ ...example, HOMING_SECRET: "s".repeat(32) })).toEqual([]);
    },
  );

  it("explains each variable above it", () => {
    for (const { name } of entries) {
      expect(text, name).toMatch(new RegExp(`^# .+\\n(?:#[A-Z].*\\n)*#${name}=`, "m"));
    }
  });
});
