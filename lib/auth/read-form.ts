import { HomingError } from "@/lib/domain/homing-error";

/** Far beyond any form of signing in. */
const MOST_BYTES = 16 * 1024;

async function readText(request: Request): Promise<string> {
  if (request.body === null) return "";
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = "";
  const reader = request.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.byteLength;
    if (bytes > MOST_BYTES) {
      await reader.cancel();
      throw new HomingError("too_large", "The form is too large.");
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

function fromJson(text: string): URLSearchParams {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new HomingError("bad_request", "The body is no JSON.", { cause });
  }
  const object = typeof value === "object" && value !== null ? value : {};
  const fields = Object.entries(object).flatMap(([name, field]) =>
    typeof field === "string" || typeof field === "boolean" ? [[name, String(field)]] : [],
  );
  return new URLSearchParams(fields);
}

/**
 * The fields of a form, also when they come as JSON.
 *
 * @throws HomingError `too_large` without reading on, `bad_request`
 */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get("content-type") ?? "";
  const text = await readText(request);
  return type.includes("application/json") ? fromJson(text) : new URLSearchParams(text);
}
