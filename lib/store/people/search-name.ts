/** Scripts that are written without spaces: a part of a name may stand anywhere in it. */
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const LATIN_ACCENTS = /[\u0300-\u036f]/g;
const SEPARATORS = /[\p{P}\p{Z}\p{C}]+/u;

/** The words of a text without regard to case, width and accents, whatever the database's locale. */
function wordsOf(text: string): string[] {
  const folded = text.normalize("NFKD").replace(LATIN_ACCENTS, "").toLowerCase();
  return folded.split(SEPARATORS).filter((word) => word !== "");
}

/** How a name is stored for the search: a space before each word, so that one pattern finds the start of any. */
export function searchName(name: string): string {
  return wordsOf(name)
    .map((word) => ` ${word}`)
    .join("");
}

/** A text as part of a LIKE pattern: its wildcards stand for themselves. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

/**
 * LIKE patterns, all of which `searchName` of a matching name fulfils: each word of the query starts a word of the name,
 * in any order. Empty when the query holds no word.
 */
export function searchPatterns(query: string): string[] {
  return wordsOf(query).map((word) => `%${WITHOUT_SPACES.test(word) ? "" : " "}${escapeLike(word)}%`);
}
