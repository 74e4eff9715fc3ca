export type TextPart = { kind: "text"; text: string } | { kind: "link"; text: string; href: string };

/** Ends at white space, at what no address holds, and at the punctuation of Chinese sentences. */
const CANDIDATE = /\bhttps?:\/\/[^\s<>"'`{}|\\^，。；：！？、（）「」『』【】《》“”‘’]+/gi;
const SENTENCE_SIGNS = ".,:;!?…*_~";
const OPENERS: Record<string, string> = { ")": "(", "]": "[" };

/** Leaves out the punctuation that ends the sentence and not the address, and a bracket that was opened before it. */
function trimAddress(candidate: string): string {
  const counts: Record<string, number> = { "(": 0, ")": 0, "[": 0, "]": 0 };
  for (const sign of candidate) if (sign in counts) counts[sign] = (counts[sign] ?? 0) + 1;
  let end = candidate.length;
  for (; end > 0; end--) {
    const last = candidate.charAt(end - 1);
    const opener = OPENERS[last];
    const unopened = opener !== undefined && (counts[last] ?? 0) > (counts[opener] ?? 0);
    if (unopened) counts[last] = (counts[last] ?? 0) - 1;
    else if (!SENTENCE_SIGNS.includes(last)) break;
  }
  return candidate.slice(0, end);
}

/** Splits a text into plain parts and web addresses. Only `http` and `https` that a browser can parse become links. */
export function autolink(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const address = trimAddress(match[0]);
    if (!URL.canParse(address)) continue;
    if (match.index > from) parts.push({ kind: "text", text: text.slice(from, match.index) });
    parts.push({ kind: "link", text: address, href: new URL(address).href });
    from = match.index + address.length;
  }
  if (from < text.length) parts.push({ kind: "text", text: text.slice(from) });
  return parts;
}
