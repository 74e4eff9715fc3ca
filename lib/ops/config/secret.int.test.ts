import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfigError } from "./config-error";
import { loadSecret } from "./secret";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "homing-secret-"));
});
afterEach(() => rm(directory, { recursive: true }));

const from = (folder: string, secret?: string) => loadSecret({ secret, data: { directory: folder } });

describe("loadSecret", () => {
  it("prefers the setting and writes nothing", async () => {
    const secret = "s".repeat(32);
    expect(await from(directory, secret)).toBe(secret);
    expect(await readdir(directory)).toEqual([]);
  });

  it("generates one that only the owner can read, and keeps it", async () => {
    const folder = join(directory, "not yet", "there");
    const secret = await from(folder);
    expect(secret.length).toBeGreaterThanOrEqual(43);
    expect(await from(folder)).toBe(secret);
    expect(await readdir(folder)).toEqual(["secret"]);
    if (process.platform !== "win32") expect((await stat(join(folder, "secret"))).mode & 0o777).toBe(0o600);
  });

  it("gives the same one to all who start at once", async () => {
    const secrets = await Promise.all(Array.from({ length: 20 }, () => from(directory)));
    expect(new Set(secrets).size).toBe(1);
    expect((await readFile(join(directory, "secret"), "utf8")).trim()).toBe(secrets[0]);
    expect(await readdir(directory)).toEqual(["secret"]);
  });

  it("says what is wrong with a damaged file or folder", async () => {
    await writeFile(join(directory, "secret"), "short");
    await expect(from(directory)).rejects.toThrow(/secret is damaged/);
    await writeFile(join(directory, "file"), "");
    await expect(from(join(directory, "file"))).rejects.toThrow(ConfigError);
  });
});
