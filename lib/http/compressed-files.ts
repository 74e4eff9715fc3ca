import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, sep } from "node:path";

/** Best first; the build writes a file of each beside what it compresses (scripts/bootstrap/compress.mjs). */
const CODINGS = [
  { name: "br", suffix: ".br" },
  { name: "gzip", suffix: ".gz" },
] as const;

type Coding = (typeof CODINGS)[number];

const CONTENT_TYPES: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

/** Answers the request and says so, or leaves it to others. */
export type FileHandler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/**
 * Answers for the files below `folder` that were compressed when they were built, under `prefix`. Their names are hashes
 * of their contents, so they are kept for ever. Only what lay there at the start is known, by its whole address, so no
 * request reaches another file. Whoever takes neither coding, asks for a range, or asks for what has gone since, is left
 * to others.
 */
export function createCompressedFiles(folder: string, prefix: string): FileHandler {
  const files = listCompressed(folder, prefix);
  return async (request, response) => {
    const { method, headers } = request;
    const path = request.url?.split("?", 1)[0] ?? "";
    const file = files.get(path);
    if (file === undefined || !isWholeRead(request)) return false;
    const coding = CODINGS.find(({ name }) => accepts(headers["accept-encoding"], name));
    if (coding === undefined) return false;
    const body = await readIfThere(file + coding.suffix);
    if (body === undefined) return false;
    const tag = `"${path.slice(path.lastIndexOf("/") + 1)}.${coding.name}"`;
    setHeaders(response, extname(path), coding, tag);
    if (headers["if-none-match"]?.includes(tag)) response.writeHead(304).end();
    else response.writeHead(200, { "Content-Length": body.length }).end(method === "HEAD" ? undefined : body);
    return true;
  };
}

function isWholeRead({ method, headers }: IncomingMessage): boolean {
  return (method === "GET" || method === "HEAD") && headers.range === undefined;
}

/** Addresses and the files behind them, without their suffixes. */
function listCompressed(folder: string, prefix: string): Map<string, string> {
  const paths = new Set(readdirSync(folder, { recursive: true, encoding: "utf8" }));
  const complete = [...paths].filter(
    (path) => extname(path) in CONTENT_TYPES && CODINGS.every(({ suffix }) => paths.has(path + suffix)),
  );
  return new Map(complete.map((path) => [prefix + path.split(sep).join("/"), join(folder, path)]));
}

/** What a browser needs to run and keep a file; the policy of a page governs its scripts, so they carry none. */
function setHeaders(response: ServerResponse, extension: string, coding: Coding, tag: string): void {
  response.setHeader("Content-Type", CONTENT_TYPES[extension] ?? "application/octet-stream");
  response.setHeader("Content-Encoding", coding.name);
  response.setHeader("Vary", "Accept-Encoding");
  response.setHeader("ETag", tag);
  response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
}

/** Whether a coding is named in `Accept-Encoding` and not refused there by a weight of zero (RFC 9110, 12.5.3). */
function accepts(header: string | string[] | undefined, coding: string): boolean {
  for (const word of String(header ?? "")
    .toLowerCase()
    .split(",")) {
    const [name, weight] = word.split(";").map((part) => part.trim());
    if (name === coding) return !/^q=0(\.0*)?$/.test(weight ?? "");
  }
  return false;
}

/** A build that ran since may have taken the file away. */
async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
