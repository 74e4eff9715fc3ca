import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "@playwright/test";

/** What the last stage of the Dockerfile takes from the build, by its own words. */
async function partsOfTheImage(): Promise<string[]> {
  const [, last = ""] = (await readFile("deploy/Dockerfile", "utf8")).split(/^FROM .*(?<!AS build)$/m);
  return [...last.matchAll(/^COPY --from=build (.+) \S+$/gm)].flatMap(([, sources = ""]) =>
    sources.split(" ").map((source) => source.replace("/app/", "")),
  );
}

/** Puts them together as the image does; the packages, which are many, by a link. */
async function assemble(folder: string): Promise<void> {
  for (const part of await partsOfTheImage()) {
    const target = join(folder, part);
    const source = part === ".next" ? (process.env.NEXT_DIST_DIR ?? part) : part;
    if (part === "node_modules") await symlink(resolve(source), target);
    else await cp(source, target, { recursive: true, verbatimSymlinks: true });
  }
}

test("what the Dockerfile copies is all that a node needs", async () => {
  test.setTimeout(120_000);
  const folder = await mkdtemp(join(tmpdir(), "homing-image-"));
  let child: ChildProcess | undefined;
  try {
    await assemble(folder);
    const { NEXT_DIST_DIR: _, ...environment } = process.env;
    child = spawn(process.execPath, ["--enable-source-maps", "dist/server.js"], {
      cwd: folder,
      env: { ...environment, NODE_ENV: "production", PORT: "0", DATA_DIR: join(folder, "data") },
      stdio: "pipe",
    });
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    await expect.poll(() => said, { timeout: 60_000 }).toMatch(/Homing is at http:\S+/);
    const address = /Homing is at (\S+)/.exec(said)?.[1] ?? "";
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    const page = await (await fetch(`${address}/login`)).text();
    const asset = /\/_next\/static\/[^"]+\.js/.exec(page)?.[0];
    expect((await fetch(`${address}${asset}`)).status).toBe(200);
    expect((await fetch(`${address}/service-worker.js`)).status).toBe(200);
  } finally {
    if (child !== undefined && child.exitCode === null) {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});
