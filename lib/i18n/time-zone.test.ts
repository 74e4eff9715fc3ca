import { describe, expect, it } from "vitest";
import { chooseTimeZone } from "./time-zone";

describe("chooseTimeZone", () => {
  it.each([
    ["Asia/Shanghai", "Asia/Shanghai"],
    ["America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"],
    ["Etc/GMT+5", "Etc/GMT+5"],
    ["Nowhere/Land", "UTC"],
    ["<script>", "UTC"],
    ["", "UTC"],
    [undefined, "UTC"],
  ])("of %j is %j", (cookie, zone) => expect(chooseTimeZone(cookie)).toBe(zone));
});
