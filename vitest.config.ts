import { defineConfig } from "vitest/config";

const folders = "{lib,app,components,scripts,e2e}";

/** `npx vitest run --project unit` needs no engine; `integration` brings up a PostgreSQL for the run; `faults` needs a build. */
export default defineConfig({
  resolve: { alias: { "@": import.meta.dirname } },
  test: {
    environment: "node",
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [`${folders}/**/*.test.{ts,tsx}`],
          exclude: ["**/*.int.test.{ts,tsx}"],
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: [`${folders}/**/*.int.test.{ts,tsx}`],
          globalSetup: ["lib/store/testing/global-setup.ts"],
        },
      },
      {
        extends: true,
        // Whole clusters of the built product, one after the other.
        test: { name: "faults", include: ["e2e/**/*.fault.ts"], fileParallelism: false },
      },
    ],
  },
});
