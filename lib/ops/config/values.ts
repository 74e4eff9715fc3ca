import { isIP, isIPv4 } from "node:net";
import { z } from "zod";

/** How a variable's text becomes a value. An empty text counts as not set, as `PORT=` in a file of settings means. */

const fromText = (value: unknown): unknown => {
  if (typeof value !== "string") return value;
  const trimmed = value.trim();
  return trimmed === "" ? undefined : trimmed;
};

/** A text that may be missing. */
export const optionalText = (schema: z.ZodString = z.string()) => z.preprocess(fromText, schema.optional());

/** A whole number between `min` and `max`, both included. */
export const wholeNumber = (fallback: number, min: number, max: number) =>
  z.preprocess(
    fromText,
    z
      .string()
      .default(String(fallback))
      .refine((text) => /^\d{1,15}$/.test(text) && Number(text) >= min && Number(text) <= max, {
        error: `must be a whole number from ${min} to ${max}`,
      })
      .transform(Number),
  );

/** The same, that may be missing. */
export const optionalWholeNumber = (min: number, max: number) =>
  z.preprocess(fromText, wholeNumber(min, min, max).optional());

/** One of a closed set of words. */
export const oneOf = <const Word extends string>(
  words: readonly [Word, ...Word[]],
  fallback?: NoInfer<Word>,
) => {
  const schema = z.enum(words, { error: `must be ${words.join(" or ")}` });
  return z.preprocess((value) => fromText(value) ?? fallback, schema);
};

/** Entries separated by commas; spaces around them do not count. */
export const commaList = (accepts: (entry: string) => boolean, expected: string) =>
  z.preprocess(
    fromText,
    z
      .string()
      .default("")
      .transform((text) =>
        text
          .split(",")
          .map((entry) => entry.trim())
          .filter((entry) => entry !== ""),
      )
      .superRefine((entries, context) => {
        for (const entry of entries.filter((candidate) => !accepts(candidate))) {
          context.addIssue({ code: "custom", message: `has "${entry}", which is not ${expected}` });
        }
      }),
  );

/** An IP address, or a network such as `10.0.0.0/8` or `fd00::/8`. */
export function isAddressOrNetwork(entry: string): boolean {
  const [address = "", prefix, ...rest] = entry.split("/");
  if (isIP(address) === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (isIPv4(address) ? 32 : 128));
}

/** A host name or address as it stands in a Host header, with or without a port. */
export function isHostName(entry: string): boolean {
  const host = URL.canParse(`http://${entry}`) ? new URL(`http://${entry}`) : undefined;
  return host !== undefined && host.pathname === "/" && !/[/@?#\s]/.test(entry);
}

const AES_KEY_BYTES: readonly number[] = [16, 24, 32];

/** A key of AES in base64, as Next reads it. */
export function isEncryptionKey(text: string): boolean {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) && AES_KEY_BYTES.includes(Buffer.from(text, "base64").length);
}
