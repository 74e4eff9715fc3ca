import compile from "icu-minify/compile";
import en from "@/messages/en.json";
import zh from "@/messages/zh.json";
import type { Locale } from "./locale";

/** All words of the product in one language, by namespace. English is the shape that the others keep to. */
export type Catalogue = typeof en;
export type Namespace = keyof Catalogue;

declare module "use-intl" {
  interface AppConfig {
    Messages: Catalogue;
  }
}

const SOURCES: Record<Locale, Catalogue> = { en, zh };
const compiled = new Map<Locale, Catalogue>();

/**
 * The words of a language, compiled: next.config.mjs puts a formatter in use-intl's place that takes these only, so that
 * browsers need no parser. Where the types say string, a word with placeholders is a small tree.
 */
export function catalogueOf(locale: Locale): Catalogue {
  let catalogue = compiled.get(locale);
  if (catalogue === undefined) {
    catalogue = compileWords(SOURCES[locale]);
    compiled.set(locale, catalogue);
  }
  return catalogue;
}

function compileWords(source: Catalogue): Catalogue {
  const trees: unknown = JSON.parse(JSON.stringify(source), (_, value: unknown) =>
    typeof value === "string" ? compile(value) : value,
  );
  // Plain objects, as React wants them on the way to the browser; the compiler's have no prototype.
  return JSON.parse(JSON.stringify(trees));
}
