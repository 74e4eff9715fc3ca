/** `npm run cluster -- --nodes 3`: installs and builds what is missing, then runs several nodes on this machine as one. */
import { main } from "./bootstrap/main.mjs";
import { inProject } from "./bootstrap/project.mjs";

await main(async () => {
  const { prepare } = await import("./bootstrap/prepare.mjs");
  await prepare(["programs", "pages"]);
  process.env.NODE_ENV = "production";
  const { pathToFileURL } = await import("node:url");
  await import(pathToFileURL(inProject("dist", "cluster.js")).href);
});
