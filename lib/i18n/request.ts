import { cookies, headers } from "next/headers";
import { cache } from "react";
import { createTranslator } from "use-intl/core";
import { type Catalogue, catalogueOf, type Namespace } from "./catalogue";
import { chooseLocale, LANGUAGE_COOKIE, type Locale } from "./locale";
import { chooseTimeZone, TIME_ZONE_COOKIE } from "./time-zone";

/** How the request under way wants to be answered. */
export const requestLocale = cache(async (): Promise<{ locale: Locale; timeZone: string }> => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  return {
    locale: chooseLocale(jar.get(LANGUAGE_COOKIE)?.value, head.get("accept-language")),
    timeZone: chooseTimeZone(jar.get(TIME_ZONE_COOKIE)?.value),
  };
});

/** The words of one namespace in the request's language, for what renders on the server. */
export async function getTranslator<N extends Namespace>(namespace: N) {
  const { locale, timeZone } = await requestLocale();
  return createTranslator<Catalogue, N>({ locale, timeZone, messages: catalogueOf(locale), namespace });
}
