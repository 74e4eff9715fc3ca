import { cookies, headers } from "next/headers";
import { cache } from "react";
import { createTranslator } from "use-intl/core";
import { type Catalogue, catalogueOf, type Namespace } from "./catalogue";
import { chooseFormat, chooseLocale, LANGUAGE_COOKIE, type Locale } from "./locale";
import { chooseTimeZone, TIME_ZONE_COOKIE } from "./time-zone";

export interface RequestLocale {
  /** The language of the words. */
  locale: Locale;
  /** The BCP 47 tag of times and numbers. */
  format: string;
  timeZone: string;
}

/** How the request under way wants to be answered. */
export const requestLocale = cache(async (): Promise<RequestLocale> => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const accepted = head.get("accept-language");
  const locale = chooseLocale(jar.get(LANGUAGE_COOKIE)?.value, accepted);
  return {
    locale,
    format: chooseFormat(locale, accepted),
    timeZone: chooseTimeZone(jar.get(TIME_ZONE_COOKIE)?.value),
  };
});

/** The words of one namespace in the request's language, for what renders on the server. */
export async function getTranslator<N extends Namespace>(namespace: N) {
  const { locale, format, timeZone } = await requestLocale();
  return createTranslator<Catalogue, N>({
    locale: format,
    timeZone,
    messages: catalogueOf(locale),
    namespace,
  });
}
