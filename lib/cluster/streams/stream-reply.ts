import { asList, asText, asTexts } from "../redis/reply";

/** An entry as it was written: names and values in turns. */
export interface StreamEntry {
  readonly id: string;
  readonly fields: readonly string[];
}

/** What `XRANGE` answers. */
export function parseEntries(reply: unknown): StreamEntry[] {
  return asList(reply).map((entry) => {
    const [id, fields] = asList(entry);
    return { id: asText(id), fields: asTexts(fields) };
  });
}

/** What `XREAD` of one stream answers; empty when nothing came in time. */
export function parseRead(reply: unknown): StreamEntry[] {
  if (reply === null) return [];
  const [stream] = asList(reply);
  const [, entries] = asList(stream);
  return parseEntries(entries);
}
