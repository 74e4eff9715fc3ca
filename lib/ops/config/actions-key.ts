import { createHmac } from "node:crypto";

/** As scripts/bootstrap/actions-key.mjs has it for the build; a test holds the two to each other. */
const PURPOSE = "homing server actions";

/**
 * The key of Next's server actions, the same on all nodes: what is set, else one that follows from the secret, from which
 * the secret cannot be found. 32 bytes in base64.
 */
export function actionsKey(config: { actionsKey: string | undefined }, secret: string): string {
  return config.actionsKey ?? createHmac("sha256", secret).update(PURPOSE).digest("base64");
}

/** Gives Next the key in the one way that it takes one, by the environment; to be called before Next is prepared. */
export function provideActionsKey(key: string, env: Record<string, string | undefined> = process.env): void {
  env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY = key;
}
