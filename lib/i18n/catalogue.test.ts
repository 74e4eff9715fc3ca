import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ERROR_CODES } from "@/lib/contract/errors";
import en from "@/messages/en.json";
import zh from "@/messages/zh.json";
import { catalogueOf } from "./catalogue";
import { LOCALES } from "./locale";

type Words = Record<string, Record<string, string>>;
const catalogues: Record<string, Words> = { en, zh };

/** `namespace.key` of every word. */
function keysOf(words: Words): string[] {
  return Object.entries(words).flatMap(([namespace, keys]) =>
    Object.keys(keys).map((key) => `${namespace}.${key}`),
  );
}

/** Names of arguments and tags, which a translation must keep. */
function placeholdersOf(text: string): string[] {
  const names = [...text.matchAll(/\{\s*([a-zA-Z]\w*)\s*[,}]|<([a-zA-Z]\w*)>/g)];
  return [...new Set(names.map((match) => match[1] ?? `<${match[2]}>`))].sort();
}

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
    .map((path) => readFileSync(join(folder, path), "utf8"));
}

describe("catalogues", () => {
  it("have the same keys in the same order", () => {
    expect(keysOf(zh)).toEqual(keysOf(en));
  });

  it("have no empty word", () => {
    for (const words of Object.values(catalogues)) {
      const empty = keysOf(words).filter((path) => {
        const [namespace = "", key = ""] = path.split(".");
        return words[namespace]?.[key]?.trim() === "";
      });
      expect(empty).toEqual([]);
    }
  });

  it("keep the placeholders of every word", () => {
    const differing = keysOf(en).filter((path) => {
      const [namespace = "", key = ""] = path.split(".");
      const [one, other] = [en, zh].map((words: Words) => placeholdersOf(words[namespace]?.[key] ?? ""));
      return JSON.stringify(one) !== JSON.stringify(other);
    });
    expect(differing).toEqual([]);
  });

  it("compile into plain values, which React can send to a browser", () => {
    for (const locale of LOCALES) {
      const catalogue = catalogueOf(locale);
      expect(structuredClone(catalogue)).toStrictEqual(catalogue);
      expect(typeof catalogue.chat.unreadCount).toBe("object");
    }
  });

  it("have no word that nothing shows", () => {
    const sources = ["app", "components", "lib"].flatMap(sourcesBelow);
    const unused = keysOf(en).filter((path) => {
      const [namespace = "", key = ""] = path.split(".");
      if (namespace === "errors") return false; // named by the codes of the contract, see below
      return !sources.some((source) => source.includes(`"${namespace}"`) && source.includes(`"${key}"`));
    });
    expect(unused).toEqual([]);
  });
});

describe("errors", () => {
  it("have a word for every code of the contract", () => {
    expect(Object.keys(en.errors).sort()).toEqual([...ERROR_CODES].sort());
  });
});
