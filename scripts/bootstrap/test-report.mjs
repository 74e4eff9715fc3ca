import { existsSync, readFileSync } from "node:fs";

/**
 * What a runner's JSON report and its exit code say together: `{ passed, failed }`. A runner that failed without a failed
 * test (a file that does not load, an error between tests, no report at all) counts as one failure.
 */
export function countTests(file, exitCode, read) {
  const counted = existsSync(file) ? read(JSON.parse(readFileSync(file, "utf8"))) : { passed: 0, failed: 0 };
  return { passed: counted.passed, failed: exitCode === 0 ? counted.failed : Math.max(1, counted.failed) };
}

/** Vitest's report: tests, and files that failed before they had any. */
export function readVitest({ numPassedTests, numFailedTests, testResults }) {
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return { passed: numPassedTests, failed: numFailedTests + broken.length };
}

/** Playwright's report; a test that passed only when repeated has failed once, and that is one time too many. */
export function readPlaywright({ stats, errors }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}
