import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { actionsKey, provideActionsKey } from "./actions-key";
import { readConfig } from "./env";

const SECRET = "a secret of at least thirty-two characters";
const KEY = Buffer.alloc(32, 7).toString("base64");

const folder = mkdtempSync(join(tmpdir(), "homing-key-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the build takes, by itself, with this environment and this `.env`. */
function keyOfBuild(env: Record<string, string>, dotEnv = ""): string | null {
  const file = join(folder, ".env");
  writeFileSync(file, dotEnv);
  const module = pathToFileURL(resolve(import.meta.dirname, "../../../scripts/bootstrap/actions-key.mjs"));
  const program = `import { buildKey } from ${JSON.stringify(module.href)};
    console.log(JSON.stringify(buildKey(${JSON.stringify(env)}, ${JSON.stringify(file)}) ?? null));`;
  return JSON.parse(
    execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" }),
  );
}

const keyOfServer = (env: Record<string, string>) => actionsKey(readConfig(env), env.HOMING_SECRET ?? SECRET);

describe("the key of server actions", () => {
  it("is a key of AES, that another secret makes another one", () => {
    const key = keyOfServer({ HOMING_SECRET: SECRET });
    expect(Buffer.from(key, "base64")).toHaveLength(32);
    expect(readConfig({ NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: key }).actionsKey).toBe(key);
    expect(keyOfServer({ HOMING_SECRET: `${SECRET}.` })).not.toBe(key);
  });

  it.each<Record<string, string>>([
    { HOMING_SECRET: SECRET },
    { HOMING_SECRET: `  ${SECRET} ` },
    { HOMING_SECRET: SECRET, NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: "" },
    { HOMING_SECRET: SECRET, NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: KEY },
    { NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: ` ${KEY}` },
  ])("is the same for the build and for the server, with %o", (env) => {
    const { secret } = readConfig(env);
    const ofServer = actionsKey(readConfig(env), secret ?? SECRET);
    expect(keyOfBuild(env)).toBe(ofServer);
    const lines = Object.entries(env).map(([name, value]) => `${name}="${value}"`);
    expect(keyOfBuild({}, lines.join("\n"))).toBe(ofServer);
  });

  it("is what the environment says, above .env, and the build's own affair where nothing is set", () => {
    expect(
      keyOfBuild({ HOMING_SECRET: SECRET }, "HOMING_SECRET=another secret of thirty-two characters"),
    ).toBe(keyOfServer({ HOMING_SECRET: SECRET }));
    expect(keyOfBuild({})).toBeNull();
  });

  it("reaches Next by the environment", () => {
    const env: Record<string, string | undefined> = {};
    provideActionsKey(KEY, env);
    expect(env).toEqual({ NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: KEY });
  });
});
