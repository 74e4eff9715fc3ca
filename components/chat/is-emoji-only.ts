/** Drawn as a picture by itself, or by the variation selector that asks for it. */
const PICTURE = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|\p{Regional_Indicator}{2}/u;

/** Whether a body is one to three emoji and nothing else, which are drawn large and without a bubble. */
export function isEmojiOnly(body: string): boolean {
  if (body.length > 60) return false;
  const segments = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(body)];
  const signs = segments.map(({ segment }) => segment).filter((sign) => sign.trim() !== "");
  return signs.length > 0 && signs.length <= 3 && signs.every((sign) => PICTURE.test(sign));
}
