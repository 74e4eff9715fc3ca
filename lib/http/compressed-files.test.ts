import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCompressedFiles } from "./compressed-files";
import { startListening, stopListening } from "./listening";

const SCRIPT = "export const answer = 42;\n".repeat(100);

let folder: string;
let server: Server;
let port: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "homing files "));
  mkdirSync(join(folder, "static", "chunks"), { recursive: true });
  const write = (path: string, content: string | Buffer) => writeFileSync(join(folder, path), content);
  write("secret.js", "");
  write("secret.js.br", "");
  write("secret.js.gz", "");
  write("static/chunks/plain.js", SCRIPT);
  for (const name of ["main-1a2b.js", "gone-3c4d.js"]) {
    write(`static/chunks/${name}`, SCRIPT);
    write(`static/chunks/${name}.br`, brotliCompressSync(SCRIPT));
    write(`static/chunks/${name}.gz`, gzipSync(SCRIPT));
  }
  const handle = createCompressedFiles(join(folder, "static"), "/_next/static/");
  rmSync(join(folder, "static/chunks/gone-3c4d.js.br"));
  server = createServer(async (incoming, response) => {
    if (!(await handle(incoming, response))) response.writeHead(404).end();
  });
  port = await startListening(server, "127.0.0.1", 0);
});

afterAll(async () => {
  await stopListening(server, 1_000);
  rmSync(folder, { recursive: true });
});

/** One request, byte for byte as it is written here: no normal form, no decoding. */
async function get(path: string, headers: Record<string, string>, method = "GET") {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(
      { host: "127.0.0.1", port, path: `/_next/static/${path}`, method, headers, agent: false },
      resolve,
    )
      .on("error", reject)
      .end();
  });
  const body = Buffer.concat(await answer.toArray());
  return { status: answer.statusCode, headers: answer.headers, body };
}

const MAIN = "chunks/main-1a2b.js";

describe("compressed files", () => {
  it("come in the best coding that is asked for, and are kept for ever", async () => {
    const { status, headers, body } = await get(MAIN, { "accept-encoding": "gzip, deflate, BR;q=0.5" });
    expect(status).toBe(200);
    expect(brotliDecompressSync(body).toString()).toBe(SCRIPT);
    expect(headers).toMatchObject({
      "content-encoding": "br",
      "content-type": "text/javascript; charset=utf-8",
      "content-length": String(body.length),
      "cache-control": "public, max-age=31536000, immutable",
      vary: "Accept-Encoding",
      "x-content-type-options": "nosniff",
    });
  });

  it.each(["gzip", "gzip, br;q=0", "br; q=0.000, gzip"])("come as gzip to %s", async (codings) => {
    const { headers, body } = await get(`${MAIN}?v=1`, { "accept-encoding": codings });
    expect(headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(body).toString()).toBe(SCRIPT);
  });

  it("have a tag of their own for each coding, and nothing is sent twice", async () => {
    const [br, gz] = await Promise.all(
      ["br", "gzip"].map((coding) => get(MAIN, { "accept-encoding": coding })),
    );
    const known = { "accept-encoding": "br", "if-none-match": String(br?.headers.etag) };
    const again = await get(MAIN, known);
    expect(br?.headers.etag).not.toBe(gz?.headers.etag);
    expect([again.status, again.body.length]).toEqual([304, 0]);
    expect((await get(MAIN, { ...known, "accept-encoding": "gzip" })).status).toBe(200);
  });

  it("answer HEAD with the head alone", async () => {
    const { status, headers, body } = await get(MAIN, { "accept-encoding": "br" }, "HEAD");
    expect([status, body.length]).toEqual([200, 0]);
    expect(Number(headers["content-length"])).toBeGreaterThan(0);
  });

  it.each([
    ["no coding is asked for", MAIN, {}],
    ["both are refused", MAIN, { "accept-encoding": "br;q=0, gzip;q=0.0" }],
    ["a range is asked for", MAIN, { "accept-encoding": "br", range: "bytes=0-9" }],
    ["the build compressed none", "chunks/plain.js", { "accept-encoding": "br" }],
    ["the file has gone since", "chunks/gone-3c4d.js", { "accept-encoding": "br" }],
    ["it lies elsewhere", "../secret.js", { "accept-encoding": "br" }],
    ["it lies elsewhere, in other words", "%2e%2e/secret.js", { "accept-encoding": "br" }],
    ["it is a name of every object", "constructor", { "accept-encoding": "br" }],
  ])("leave it to others when %s", async (_, path, headers: Record<string, string>) => {
    expect((await get(path, headers)).status).toBe(404);
  });

  it("leave other methods to others", async () => {
    expect((await get(MAIN, { "accept-encoding": "br" }, "POST")).status).toBe(404);
  });
});
