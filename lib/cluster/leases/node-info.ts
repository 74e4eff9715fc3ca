/** What a node says of itself: its name, version and load, for operators. */
export interface NodeInfo {
  readonly name: string;
  readonly [more: string]: string | number | boolean;
}

/** Reads what a node wrote; a node of another version may say more or less. */
export function parseNodeInfo(json: string): NodeInfo {
  const value: unknown = JSON.parse(json);
  if (typeof value !== "object" || value === null) return { name: "" };
  const known = Object.entries(value).filter((entry): entry is [string, string | number | boolean] =>
    ["string", "number", "boolean"].includes(typeof entry[1]),
  );
  return { name: "", ...Object.fromEntries(known) };
}
