import type { IncomingMessage, ServerResponse } from "node:http";

/** Draws the whole page, in the language of the request. */
export type DrawError = (request: IncomingMessage) => string;

/**
 * Puts a page that can be read in the place of what Next answers for a document that failed: an empty one, which scripts
 * are to fill. Status and other headers stay. What scripts ask for themselves is left alone.
 */
export function replaceFailedDocuments(
  request: IncomingMessage,
  response: ServerResponse,
  draw: DrawError,
): void {
  if (!asksForDocument(request)) return;
  // Below whatever Next wraps around the answer: what gets here may be compressed already, and is dropped.
  const writeHead = response.writeHead.bind(response);
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  // Decided once, when the answer begins: what is half sent stays as it is.
  let failed: boolean | undefined;
  const hasFailed = () => {
    failed ??= !response.headersSent && response.statusCode >= 500 && isDocument(response);
    return failed;
  };
  const page = () => Buffer.from(draw(request));

  Object.assign(response, {
    writeHead(status: number, ...rest: []) {
      response.statusCode = status;
      if (!hasFailed()) return writeHead(status, ...rest);
      for (const name of ["Content-Encoding", "Transfer-Encoding", "Content-Length", "ETag"])
        response.removeHeader(name);
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.setHeader("Cache-Control", "no-store");
      return writeHead(response.statusCode);
    },
    write(...chunk: [string]) {
      if (!hasFailed()) return write(...chunk);
      calledBack(chunk);
      return true;
    },
    end(...chunk: [string]) {
      if (!hasFailed()) return end(...chunk);
      if (!response.headersSent) response.writeHead(response.statusCode);
      return end(request.method === "HEAD" ? undefined : page(), () => calledBack(chunk));
    },
  });
}

/** Whoever writes or ends may wait to be told. */
function calledBack(given: readonly unknown[]): void {
  const callback = given.at(-1);
  if (typeof callback === "function") callback();
}

/** Or nothing yet: what is no document says what it is. */
function isDocument(response: ServerResponse): boolean {
  const type = response.getHeader("Content-Type");
  return type === undefined || String(type).startsWith("text/html");
}

function asksForDocument({ method, headers }: IncomingMessage): boolean {
  return (
    (method === "GET" || method === "HEAD") &&
    headers.rsc === undefined &&
    headers.accept?.includes("text/html") === true
  );
}
