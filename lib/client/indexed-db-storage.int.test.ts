import { chromium } from "@playwright/test";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import playwright from "@/playwright.config";
import { storageChecks } from "./testing/storage-checks";

/** What the page runs: one check on the browser's own, empty IndexedDB; gives what went wrong. */
const IN_THE_PAGE = `
  import { deleteDB } from "idb";
  import { openIndexedDbStorage } from "./lib/client/indexed-db-storage";
  import { storageChecks } from "./lib/client/testing/storage-checks";
  globalThis.runStorageCheck = async (name) => {
    await deleteDB("homing");
    return storageChecks[name](openIndexedDbStorage).catch(String);
  };`;
declare const runStorageCheck: (name: string) => Promise<string | undefined>;

const browser = await chromium.launch(playwright.use?.launchOptions ?? {});
const page = await browser.newPage();

beforeAll(async () => {
  const bundle = await build({
    stdin: { contents: IN_THE_PAGE, resolveDir: process.cwd() },
    bundle: true,
    write: false,
    format: "iife",
    alias: { "@": process.cwd() },
  });
  await page.route("http://localhost/", (route) =>
    route.fulfill({ contentType: "text/html", body: "<title>" }),
  );
  await page.goto("http://localhost/");
  await page.addScriptTag({ content: bundle.outputFiles[0]?.text ?? "" });
});
afterAll(() => browser.close());

describe("storage in the browser's IndexedDB", () => {
  it.each(Object.keys(storageChecks))("%s", async (name) => {
    expect(await page.evaluate((check) => runStorageCheck(check), name)).toBeUndefined();
  });
});
