import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { say } from "./progress.mjs";
import { BootstrapError, inProject } from "./project.mjs";
import { runScript } from "./run.mjs";
import { countTests, readPlaywright, readVitest } from "./test-report.mjs";

/** Settings of an installation that may be here: tests bring servers, folders and ports of their own. */
const SETTINGS =
  /^(?:PORT|HOST|PUBLIC_URL|ALLOWED_HOSTS|TRUSTED_PROXIES|DATA_DIR|DATABASE_.*|REDIS_.*|ROUTING|HOMING_.*|NEXT_SERVER_ACTIONS_ENCRYPTION_KEY|NODE_NAME|NODE_ENV|LOG_.*|RATE_LIMITS|SESSION_.*|DRAIN_SECONDS|SENDS?_.*|EVENTS_PER_SECOND|MAX_SOCKETS_.*)$/;

/** Runs Vitest and then Playwright, also when the first failed, and adds up what their reports say. */
export async function runAllTests() {
  const reports = mkdtempSync(join(tmpdir(), "homing-reports-"));
  try {
    const unit = await runVitest(join(reports, "vitest.json"));
    const pages = await runPlaywright(join(reports, "playwright.json"));
    return { passed: unit.passed + pages.passed, failed: unit.failed + pages.failed };
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

async function runVitest(report) {
  say("unit and integration tests");
  const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  return countTests(report, await runTool("vitest/vitest.mjs", args), readVitest);
}

async function runPlaywright(report) {
  if (!existsSync(inProject("playwright.config.ts"))) {
    if (!existsSync(inProject("e2e"))) return { passed: 0, failed: 0 };
    throw new BootstrapError(
      "There is an e2e folder and no playwright.config.ts: its tests would be left out.",
    );
  }
  say("end to end tests");
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const code = await runTool("@playwright/test/cli.js", ["test", "--reporter=list,json"], env);
  return countTests(report, code, readPlaywright);
}

function runTool(path, args, more = {}) {
  const kept = Object.entries(process.env).filter(([name]) => !SETTINGS.test(name));
  const env = { ...Object.fromEntries(kept), ...more };
  return runScript(join("node_modules", path), args, { env, output: "inherit" });
}
