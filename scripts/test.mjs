/** `npm test`: installs and builds what is missing, then runs every test: Vitest, then Playwright in Chromium. */
import { main } from "./bootstrap/main.mjs";

await main(async () => {
  const { prepare } = await import("./bootstrap/prepare.mjs");
  const { requireTestTools } = await import("./bootstrap/tools.mjs");
  const { runAllTests } = await import("./bootstrap/run-tests.mjs");
  await prepare(["programs", "pages"]);
  await requireTestTools();
  const { passed, failed } = await runAllTests();
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
});
