/** `npm run homing -- …`: the command line for operators; `npm run homing -- help` explains it. */
import { main } from "./bootstrap/main.mjs";
import { inProject } from "./bootstrap/project.mjs";

await main(async () => {
  const { prepare } = await import("./bootstrap/prepare.mjs");
  await prepare(["programs"]);
  process.env.NODE_ENV = "production";
  const { pathToFileURL } = await import("node:url");
  await import(pathToFileURL(inProject("dist", "homing.js")).href);
});
