// Checks who imports whom (.dependency-cruiser.cjs), and that the check itself can fail: a parser that silently finds no
// imports would pass everything, so a fixture that breaks two rules on purpose must be refused.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const places = [
  "app",
  "components",
  "lib",
  "e2e",
  "bench",
  "server.ts",
  "scripts/cli",
  "scripts/cluster",
].filter((place) => existsSync(place));
const FIXTURE = "scripts/fixtures/architecture";
const EXPECTED = ["lib/domain-imports-only", "no-cycles"];

function cruise(targets, outputType) {
  const command = [
    "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
    "--config",
    ".dependency-cruiser.cjs",
  ];
  return spawnSync(process.execPath, [...command, "--output-type", outputType, ...targets], {
    encoding: "utf8",
  });
}

const broken = JSON.parse(cruise([FIXTURE], "json").stdout);
const found = new Set(broken.summary.violations.map((violation) => violation.rule.name));
const missed = EXPECTED.filter((rule) => !found.has(rule));
if (missed.length > 0) {
  console.error(
    `The architecture check is blind: it found nothing wrong with ${FIXTURE} under ${missed.join(", ")}.`,
  );
  process.exit(1);
}

const result = cruise(places, "err-long");
process.stdout.write(result.stdout);
process.stderr.write(result.stderr);
process.exit(result.status ?? 1);
