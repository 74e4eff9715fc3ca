/** `npm run build`: installs and builds what is missing, and nothing else. */
import { main } from "./bootstrap/main.mjs";

await main(async () => {
  const { prepare } = await import("./bootstrap/prepare.mjs");
  await prepare(["programs", "pages"]);
});
