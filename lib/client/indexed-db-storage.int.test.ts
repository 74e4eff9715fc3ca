import { chromium } from "@playwright/test";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import playwright from "@/playwright.config";
import { storageChecks } from "./testing/storage-checks";

/** The bundle defines it in the page. */
declare const runStorageCheck: (name: string) => Promise<string | undefined>;

const browser = await chromium.launch(playwright.use?.launchOptions ?? {});
const page = await browser.newPage();

beforeAll(async () => {
  const bundle = await build({
    entryPoints: ["lib/client/testing/storage-checks-in-browser.ts"],
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
