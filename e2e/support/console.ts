import { expect } from "@playwright/test";

/** What a browser says when nobody is at the other end of the line, or somebody who lets no WebSocket through. */
const CUT =
  /^Failed to load resource: net::ERR_CONNECTION_|^WebSocket connection to .*(ERR_CONNECTION_|Unexpected response code: 400)/;

/** The line was cut on purpose, and the browser says so; nothing else, but what is `expected`, may be in its console. */
export function forgiveTheCut(consoleErrors: string[], expected?: RegExp): void {
  const others = consoleErrors.filter((text) => !CUT.test(text) && expected?.test(text) !== true);
  expect(others).toEqual([]);
  consoleErrors.length = 0;
}
