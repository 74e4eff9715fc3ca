import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { afterEach, expect, it } from "vitest";
import { replaceFailedDocuments } from "./error-documents";

const DOCUMENT = { accept: "text/html,application/xhtml+xml" };

let close: () => void = () => undefined;
afterEach(() => close());

async function serve(answer: (response: ServerResponse) => void) {
  const server = createServer((request, response) => {
    replaceFailedDocuments(request, response, () => "<h1>出了点问题</h1>");
    answer(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  close = () => server.close();
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return (init: RequestInit = { headers: DOCUMENT }) => fetch(`http://127.0.0.1:${address.port}/`, init);
}

const ways: [name: string, answer: (response: ServerResponse) => void][] = [
  ["in one piece", (response) => response.end("empty")],
  [
    "in pieces, said to be compressed",
    (response) => {
      response.setHeader("Content-Encoding", "gzip");
      response.write("no gzip", () => response.end("at all"));
    },
  ],
  [
    "with its head first",
    (response) => {
      response.setHeader("Content-Length", 5);
      response.writeHead(503);
      response.end("empty");
    },
  ],
];

it.each(ways)("puts words in the place of a document that failed, answered %s", async (_, answer) => {
  const ask = await serve((response) => {
    response.statusCode = 503;
    response.setHeader("Retry-After", "5");
    answer(response);
  });
  const given = await ask();
  expect(given.status).toBe(503);
  expect(given.headers.get("retry-after")).toBe("5");
  expect(given.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(await given.text()).toBe("<h1>出了点问题</h1>");
  expect(await (await ask({ method: "HEAD", headers: DOCUMENT })).text()).toBe("");
});

it("leaves alone what went well, and what scripts ask for", async () => {
  const fine = await serve((response) => {
    response.writeHead(404, { "X-Own": "yes" });
    response.write("not ");
    response.end("here");
  });
  const given = await fine();
  expect([given.status, given.headers.get("x-own"), await given.text()]).toEqual([404, "yes", "not here"]);
  close();
  const failing = await serve((response) => {
    response.statusCode = 500;
    response.end("failed");
  });
  for (const headers of [{ accept: "*/*" }, { ...DOCUMENT, rsc: "1" }])
    expect(await (await failing({ headers })).text()).toBe("failed");
  expect(await (await failing({ method: "POST", headers: DOCUMENT })).text()).toBe("failed");
});
