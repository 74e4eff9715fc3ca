import { expect, it } from "vitest";
import { isEmojiOnly } from "./is-emoji-only";

it.each([
  ["👍", true],
  ["👍🏽 🎉", true],
  ["👩‍👩‍👧‍👦❤️🇨🇳", true],
  ["🎉🎉🎉🎉", false],
  ["ok 👍", false],
  ["123", false],
  ["#", false],
  ["  ", false],
  ["👍".repeat(100), false],
])("isEmojiOnly(%j) is %j", (body, expected) => expect(isEmojiOnly(body)).toBe(expected));
