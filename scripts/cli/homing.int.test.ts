import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPasswords } from "@/lib/auth/passwords";
import { sha256Digest } from "@/lib/auth/secrets";
import { connectStore, type StoreConnections } from "@/lib/store/database";
import { createPeopleStore } from "@/lib/store/people-store";
import { freshDatabase } from "@/lib/store/testing/database";
import type { PeopleStore } from "@/lib/usecases/ports/people-store";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connections: StoreConnections;
let people: PeopleStore;
let folder: string;

beforeAll(async () => {
  database = await freshDatabase();
  connections = connectStore({ url: database.url, poolSize: 2, onError: () => undefined });
  people = createPeopleStore(connections.db);
  folder = await mkdtemp(join(tmpdir(), "homing-cli-"));
});
afterAll(async () => {
  await connections.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

const ROOT = join(import.meta.dirname, "../..");

function homing(words: string[], input = "", url = database.url) {
  return new Promise<{ code: number | null; output: string; errors: string }>((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        "--import",
        join(ROOT, "node_modules/tsx/dist/esm/index.mjs"),
        join(ROOT, "scripts/cli/homing.ts"),
        ...words,
      ],
      { cwd: ROOT, env: { ...process.env, DATABASE_URL: url, DATA_DIR: folder } },
    );
    let output = "";
    let errors = "";
    child.stdout.on("data", (part) => {
      output += part;
    });
    child.stderr.on("data", (part) => {
      errors += part;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output, errors }));
    child.stdin.end(input);
  });
}

describe("the command line", () => {
  it("adds users, whose passwords then are right, and lists them", async () => {
    const words = ["user", "add", "Ada", "--password-stdin", "--name", "Ada Lovelace", "--admin"];
    expect(await homing(words, "correct horse\n")).toEqual({
      code: 0,
      output: "ada was added as an admin.\n",
      errors: "",
    });
    const stored = await people.forSignIn("ada");
    expect(stored?.account).toMatchObject({ username: "ada", name: "Ada Lovelace", role: "admin" });
    expect(await createPasswords().verify(stored?.passwordHash ?? "", "correct horse")).toBe(true);
    expect((await homing(words, "correct horse\n")).errors).toBe("username is taken\n");
    await homing(["user", "add", "bob", "--password-stdin"], "correct horse\n");
    await homing(["user", "disable", "bob"]);
    expect((await homing(["user", "list"])).output).toBe(
      "ada\tadmin\tenabled\tAda Lovelace\nbob\tuser\tdisabled\tbob\n",
    );
  });

  it("prints a token and nothing else, which then proves the user", async () => {
    const { code, output } = await homing(["token", "create", "ada"]);
    expect(code).toBe(0);
    expect(output).toMatch(/^homing_[A-Za-z0-9_-]{43}\n$/);
    expect((await people.byToken(sha256Digest(output.trim())))?.account.username).toBe("ada");
  });

  it("has clients fetch anew after a backup was restored", async () => {
    const epoch = async () =>
      (await connections.pool.query("select value from settings where key = 'epoch'")).rows[0].value;
    const before = await epoch();
    expect(await homing(["database", "restored"])).toMatchObject({ code: 0, errors: "" });
    expect(await epoch()).not.toBe(before);
  });

  it("changes passwords", async () => {
    expect((await homing(["user", "passwd", "ada", "--password-stdin"], "another one\r\n")).code).toBe(0);
    const stored = await people.forSignIn("ada");
    expect(await createPasswords().verify(stored?.passwordHash ?? "", "another one")).toBe(true);
  });

  it.each([
    [["user", "disable", "nobody"], "", 1, "There is no such user."],
    [["user", "disable", "ada"], "", 1, "This is the last admin."],
    [["token", "create", "bob"], "", 1, "This user is disabled."],
    [
      ["user", "add", "9lives", "--password-stdin"],
      "short",
      1,
      "username is not allowed; password is too short",
    ],
    [["user", "add", "eve", "--password-stdin"], "password1", 1, "password is one of the first"],
    [["user", "add", "eve", "--password-stdin"], "x".repeat(5_000), 2, "too long"],
    [["user", "add", "eve"], "", 2, "--password-stdin"],
    [["user", "frobnicate"], "", 2, "There is no command"],
  ])("says what is wrong with %j", async (words, input, code, text) => {
    const result = await homing(words, input);
    expect(result).toMatchObject({ code, output: "" });
    expect(result.errors).toContain(text);
  });

  it("says when the database does not answer", async () => {
    const result = await homing(["user", "list"], "", "postgres://homing@127.0.0.1:1/none");
    expect(result.code).toBe(3);
    expect(result.errors).toContain("The database does not answer.");
  });
});
