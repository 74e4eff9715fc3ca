/** `npm start`: installs and builds what is missing, then runs the server in this process. `--dev`: with reload. */
import { main } from "./bootstrap/main.mjs";
import { inProject } from "./bootstrap/project.mjs";

await main(async () => {
  const development = process.argv.includes("--dev");
  const { prepare } = await import("./bootstrap/prepare.mjs");
  await prepare(development ? [] : ["programs", "pages"]);
  if (development) {
    const { runInDevelopment } = await import("./bootstrap/development.mjs");
    process.exit(await runInDevelopment());
  }
  process.env.NODE_ENV = "production";
  const { pathToFileURL } = await import("node:url");
  await import(pathToFileURL(inProject("dist", "server.js")).href);
});
