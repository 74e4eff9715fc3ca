/** The languages that the catalogues in messages/ speak; the first is spoken when none fits. */
export const LOCALES = ["en", "zh"] as const;
export type Locale = (typeof LOCALES)[number];

/** The cookie that keeps the choice made in settings. */
export const LANGUAGE_COOKIE = "language";

/** What each language calls itself; the same in every language. */
export const LANGUAGE_NAMES: Record<Locale, string> = { en: "English", zh: "简体中文" };

/** The value of `<html lang>`. */
export const LANGUAGE_TAGS: Record<Locale, string> = { en: "en", zh: "zh-Hans" };

export function isLocale(value: string | undefined): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

/** The language of a request: the choice if there is one, else the best of `Accept-Language` (RFC 9110, 12.5.4). */
export function chooseLocale(choice: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(choice)) return choice;
  const wanted = (acceptLanguage ?? "")
    .split(",", 20)
    .map(parseRange)
    .filter((range) => range.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { language } of wanted) if (isLocale(language)) return language;
  return LOCALES[0];
}

/**
 * The tag that times and numbers are formatted by: the reader's own region of the language, `en-GB` for example, so that
 * a clock shows what they are used to; the language alone when they named no region.
 */
export function chooseFormat(locale: Locale, acceptLanguage: string | null): string {
  const tags = (acceptLanguage ?? "").split(",", 20).map((range) => range.split(";")[0]?.trim() ?? "");
  const own = tags.find((tag) => /^[a-z]{2}(-[a-z]{4})?-[a-z]{2}$/i.test(tag) && isSameLanguage(tag, locale));
  return own ?? LANGUAGE_TAGS[locale];
}

function isSameLanguage(tag: string, locale: Locale): boolean {
  return tag.toLowerCase().startsWith(`${locale}-`);
}

function parseRange(range: string): { language: string; quality: number } {
  const [tag = "", ...parameters] = range.trim().toLowerCase().split(";");
  const weight = parameters.map((parameter) => /^\s*q=([0-9.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
  const quality = weight === undefined ? 1 : Number(weight);
  return { language: tag.split("-")[0] ?? "", quality: Number.isFinite(quality) ? quality : 0 };
}
