/** `npm run check:crash`, `npm run bench`: builds what is missing, then runs a checker or a measurement from its source. */
import { main } from "./bootstrap/main.mjs";

await main(async () => {
  const [program, ...words] = process.argv.slice(2);
  const { prepare } = await import("./bootstrap/prepare.mjs");
  const { run } = await import("./bootstrap/run.mjs");
  await prepare(["programs", "pages"]);
  const output = ["ignore", "inherit", "inherit"];
  process.exitCode = await run(process.execPath, ["--import", "tsx", program, ...words], { output });
});
