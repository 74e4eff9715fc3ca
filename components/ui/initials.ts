const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** The first letter or digit as a reader sees it; the first sign when there is none. */
function firstSign(word: string): string {
  const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const signs = [...segmenter.segment(word)].map((part) => part.segment);
  return signs.find((sign) => /[\p{L}\p{N}]/u.test(sign)) ?? signs[0] ?? "";
}

/** What stands for a name in an avatar: two initials, one where the script is CJK, whose signs are wide. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = firstSign(words[0] ?? "");
  if (CJK.test(first) || words.length < 2) return first.toLocaleUpperCase();
  const last = firstSign(words[words.length - 1] ?? "");
  return CJK.test(last) ? first.toLocaleUpperCase() : (first + last).toLocaleUpperCase();
}

/** A number from 0 to 11 that stays with an id. */
export function hueOf(id: string): number {
  let hash = 0;
  for (const sign of id) hash = (hash * 31 + (sign.codePointAt(0) ?? 0)) >>> 0;
  return hash % 12;
}
