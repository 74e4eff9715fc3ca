import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { afterEach, expect, it } from "vitest";
import { HomingError, isUnavailable } from "@/lib/domain/homing-error";
import { answerUnavailable, noteUnavailable } from "./unavailable-pages";

const useCases = noteUnavailable(
  {
    ask: async (reason: "unavailable" | "not_found" | "a bug") => {
      await new Promise(setImmediate);
      if (reason === "a bug") throw new Error(reason);
      throw new HomingError(reason, "no");
    },
    answer: (count: number) => Promise.resolve(count),
  },
  isUnavailable,
);

/** As Next answers for a page that threw. */
async function page(response: ServerResponse, reason: string): Promise<void> {
  if (reason !== "unavailable" && reason !== "not_found" && reason !== "a bug") throw new Error(reason);
  await useCases.ask(reason).catch(() => {
    response.statusCode = 500;
    response.end("failed");
  });
}

let close: () => void = () => undefined;
afterEach(() => close());

async function serve() {
  const server = createServer((request, response) => {
    const reason = decodeURIComponent(request.url?.slice(1) ?? "");
    void answerUnavailable(response, () => page(response, reason));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  close = () => server.close();
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return (reason: string) => fetch(`http://127.0.0.1:${address.port}/${encodeURIComponent(reason)}`);
}

it("answers 503 for a page that failed because the database is away, and 500 for what else fails", async () => {
  const ask = await serve();
  const answers = await Promise.all(["unavailable", "not_found", "a bug", "unavailable"].map(ask));
  expect(answers.map(({ status }) => status)).toEqual([503, 500, 500, 503]);
  expect(answers.map(({ headers }) => headers.get("retry-after"))).toEqual(["5", null, null, "5"]);
});

it("hands on what use cases answer and why they refuse, also outside of a request", async () => {
  expect(await useCases.answer(3)).toBe(3);
  await expect(useCases.ask("unavailable")).rejects.toMatchObject({ code: "unavailable" });
});
