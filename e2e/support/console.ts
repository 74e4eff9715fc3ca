import { expect } from "@playwright/test";

/** What a browser says when nobody is at the other end of the line, or somebody who lets no WebSocket through. */
const CUT =
  /^Failed to load resource: net::ERR_CONNECTION_|^WebSocket connection to .*(ERR_CONNECTION_|Unexpected response code: 400)/;

/** The line was cut on purpose, and the browser says so; nothing else may be in its console. */
export function forgiveTheCut(consoleErrors: string[]): void {
  expect(consoleErrors.filter((text) => !CUT.test(text))).toEqual([]);
  consoleErrors.length = 0;
}
