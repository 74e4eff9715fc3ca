/** A process of its own that uses the embedded PostgreSQL until it gets SIGTERM. Says its address when it is up. */
import { createLogger } from "../../ops/log";
import { EmbeddedError } from "../embedded-error";
import { startEmbedded } from "../start-embedded";

const [dataDir = ""] = process.argv.slice(2);
const log = createLogger({ log: { level: "silent", format: "json" }, node: { name: "test" } });
try {
  const embedded = await startEmbedded({ dataDir, log });
  process.once("SIGTERM", () => void embedded.stop().then(() => process.exit(0)));
  process.stdout.write(`${JSON.stringify({ url: embedded.url })}\n`);
  setInterval(() => undefined, 60_000);
} catch (error) {
  if (!(error instanceof EmbeddedError)) throw error;
  process.stdout.write(`${JSON.stringify({ code: error.code, message: error.message })}\n`);
}
