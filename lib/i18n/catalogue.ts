import en from "@/messages/en.json";
import zh from "@/messages/zh.json";
import type { Locale } from "./locale";

/** All words of the product in one language, by namespace. English is the shape that the others keep to. */
export type Catalogue = typeof en;
export type Namespace = keyof Catalogue;

declare module "use-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Catalogue;
  }
}

const CATALOGUES: Record<Locale, Catalogue> = { en, zh };

export function catalogueOf(locale: Locale): Catalogue {
  return CATALOGUES[locale];
}
