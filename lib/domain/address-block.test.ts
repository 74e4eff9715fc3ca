import { describe, expect, it } from "vitest";
import { addressBlock } from "./address-block";

describe("addressBlock", () => {
  it("takes an IPv4 address as it is", () => {
    expect(addressBlock("192.0.2.7")).toBe("192.0.2.7");
  });

  it.each([
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002::1", "2001:db8:1:2::/64"],
    ["2001:db8::", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ])("takes %s as %s", (address, block) => {
    expect(addressBlock(address)).toBe(block);
  });

  it.each(["", "1:2:3", "::1::2", "x::1", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7::8:9"])(
    "takes what is no address, %j, as it is",
    (text) => {
      expect(addressBlock(text)).toBe(text);
    },
  );

  it("keeps nothing long", () => {
    expect(addressBlock("x".repeat(1_000_000))).toHaveLength(64);
  });
});
