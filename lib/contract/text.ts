import { z } from "zod";
import { LIMITS } from "./limits";

/** PostgreSQL text cannot hold NUL, and a lone surrogate would come back as another character: both are refused. */
function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

const storable = (text: z.ZodString) =>
  text.refine(isStorable, { error: "holds a NUL character or a lone surrogate" });

/**
 * A message body: 1 to 8,000 UTF-16 code units, not only white space. Kept exactly as it was sent.
 * A longer one is refused as `too_large`, which the parser recognizes by the `too_big` issue at a path ending in `body`.
 */
export const messageBody = storable(z.string().min(1).max(LIMITS.bodyCharacters)).refine(
  (body) => body.trim() !== "",
  { error: "is empty" },
);

/** A display name: 1 to 64 characters after trimming, without control characters. */
export const displayName = storable(z.string().trim().min(1).max(LIMITS.displayNameCharacters)).refine(
  (name) => !/\p{Cc}/u.test(name),
  { error: "holds a control character" },
);

/** A username: 2 to 32 of `a-z 0-9 . _ -`, starting with a letter; upper case is folded. */
export const username = z
  .string()
  .max(LIMITS.usernameCharacters)
  .toLowerCase()
  .regex(/^[a-z][a-z0-9._-]{1,31}$/, { error: "takes 2 to 32 of a-z 0-9 . _ - and starts with a letter" });

/** A password as it is chosen; whether it is too common is the use case's question. */
export const newPassword = storable(
  z.string().min(LIMITS.passwordCharacters.min).max(LIMITS.passwordCharacters.max),
);

export const groupTitle = storable(z.string().trim().min(1).max(LIMITS.groupTitleCharacters));
export const searchText = storable(z.string().trim().max(LIMITS.searchCharacters));
/** One emoji may be many code points; which ones are emoji changes with every year's Unicode. */
export const emoji = storable(z.string().min(1).max(32));
