import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Randomness } from "@/lib/usecases/ports/environment";
import type { SecretDigest } from "@/lib/usecases/ports/secret-digest";

/** Ids and secrets from the system's generator. */
export const systemRandomness: Randomness = {
  uuid: () => randomUUID(),
  secret: (bytes) => randomBytes(bytes).toString("base64url"),
};

/** SHA-256: enough for secrets that nobody can guess, unlike passwords. */
export const sha256Digest: SecretDigest = (secret) => createHash("sha256").update(secret).digest("hex");
