import { createHmac } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import * as util from "node:util";
import { inProject } from "./project.mjs";

/** As lib/ops/config/actions-key.ts has it for the running server; a test holds the two to each other. */
const PURPOSE = "homing server actions";

/**
 * The key that the pages are built with: names of server actions follow from it, so pages of one build can send forms to
 * another one with the same key. What is set in the environment or in `.env`, else one that follows from HOMING_SECRET;
 * undefined when neither is set, for the build to make up.
 */
export function buildKey(env = process.env, file = inProject(".env")) {
  // Node.js older than 20.12 reads no .env: the server says so.
  const below =
    util.parseEnv !== undefined && existsSync(file) ? util.parseEnv(readFileSync(file, "utf8")) : {};
  const setting = (name) => (env[name] ?? below[name])?.trim();
  const secret = setting("HOMING_SECRET");
  const derived = secret ? createHmac("sha256", secret).update(PURPOSE).digest("base64") : undefined;
  return setting("NEXT_SERVER_ACTIONS_ENCRYPTION_KEY") || derived;
}
