import { describe, expect, it } from "vitest";
import { createScrollFollow, HOLD_MS } from "./scroll-follow";

describe("createScrollFollow", () => {
  it("follows until the reader scrolls up, and again at the end", () => {
    const follow = createScrollFollow();
    expect(follow.scrolled({ offset: 900, viewport: 100, size: 1000 })).toBe(true);
    follow.touched();
    expect(follow.scrolled({ offset: 700, viewport: 100, size: 1000 })).toBe(false);
    expect(follow.following).toBe(false);
    expect(follow.scrolled({ offset: 870, viewport: 100, size: 1000 })).toBe(true);
    expect(follow.following).toBe(true);
  });

  it("knows the reader's scrolling, though an earlier one comes to rest just then", () => {
    const follow = createScrollFollow(() => 0);
    follow.scrolled({ offset: 900, viewport: 100, size: 1000 });
    follow.touched();
    follow.rested();
    expect(follow.held).toBe(true);
    follow.scrolled({ offset: 800, viewport: 100, size: 1000 });
    expect(follow.following).toBe(false);
  });

  it("goes on following when the list moves by itself", () => {
    let now = 0;
    const follow = createScrollFollow(() => now);
    follow.scrolled({ offset: 900, viewport: 100, size: 1000 });
    follow.touched();
    now = HOLD_MS;
    follow.rested();
    expect(follow.held).toBe(false);
    expect(follow.scrolled({ offset: 500, viewport: 100, size: 1000 })).toBe(false);
    expect(follow.following).toBe(true);
  });

  it("goes on following while rows above turn out to be taller", () => {
    const follow = createScrollFollow();
    follow.scrolled({ offset: 900, viewport: 100, size: 1000 });
    expect(follow.scrolled({ offset: 900, viewport: 100, size: 1400 })).toBe(false);
    expect(follow.following).toBe(true);
  });
});
