import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createScrollFollow, HOLD_MS } from "./scroll-follow";

const at = (top: number, size = 1000, viewport = 100) => ({ top, viewport, size });

/** A list that stands at its end, of 1000 px, in a view of 100. */
function atItsEnd(now: () => number = () => 0) {
  const follow = createScrollFollow(now);
  follow.moved(at(900));
  return follow;
}

describe("createScrollFollow", () => {
  it("is held at the end until the reader scrolls up, and again when they are back", () => {
    const follow = atItsEnd();
    follow.touched();
    expect(follow.look(at(700), true)).toBe(false);
    expect(follow.place).toBe("free");
    expect(follow.look(at(870), true)).toBe(true);
    expect(follow.place).toBe("end");
  });

  it("knows the reader's scrolling however late it is seen", () => {
    let now = 0;
    const follow = atItsEnd(() => now);
    follow.touched();
    now = 10 * HOLD_MS;
    follow.look(at(900), true);
    follow.rested(at(900), true);
    follow.look(at(600), true);
    expect(follow.place).toBe("free");
  });

  it("knows it from its first step, which is still near the end", () => {
    const follow = atItsEnd();
    follow.touched();
    expect(follow.look(at(895), true)).toBe(true);
    expect(follow.place).toBe("free");
    follow.look(at(895), true);
    expect(follow.place).toBe("free");
  });

  it("knows the scrolling of who has no hand: of a search in the page, of a screen reader", () => {
    const follow = atItsEnd();
    follow.look(at(300), true);
    expect(follow.place).toBe("free");
  });

  it("takes a little above the end for the end once at rest, but not while a hand is on the list", () => {
    let now = 0;
    const follow = atItsEnd(() => now);
    follow.touched();
    follow.look(at(880), true);
    follow.rested(at(880), true);
    expect(follow.place).toBe("free");
    now = HOLD_MS;
    follow.rested(at(880), true);
    expect(follow.place).toBe("end");
  });

  it("does not take the end of a window for the end while newer messages are missing behind it", () => {
    const follow = atItsEnd();
    follow.look(at(500), false);
    expect(follow.look(at(900), false)).toBe(false);
    expect(follow.place).toBe("free");
    // The newer page is there: what is read stays where it is.
    expect(follow.look(at(900, 3000), true)).toBe(false);
    expect(follow.place).toBe("free");
  });

  it("stays at the end where a list springs back from beyond it", () => {
    const follow = atItsEnd();
    follow.touched();
    for (const top of [940, 920, 900]) follow.look(at(top), true);
    expect(follow.place).toBe("end");
  });

  describe("when a page comes in above while the wheel still turns", () => {
    const grown = (by?: "wheel") => {
      let now = 0;
      const follow = createScrollFollow(() => now);
      follow.moved(at(595, 2_400, 700));
      follow.touched(by);
      follow.grewAbove(at(5_395, 7_200, 700));
      follow.look(at(5_395, 7_200, 700), true);
      return { follow, pass: (ms: number) => (now += ms) };
    };

    it("notices that the place for it was lost, as often as that happens", () => {
      const { follow } = grown("wheel");
      expect(follow.lost(at(5_200, 7_200, 700))).toBe(0);
      expect(follow.lost(at(2, 7_200, 700))).toBe(4_800);
      follow.moved(at(4_802, 7_200, 700));
      expect(follow.lost(at(0, 7_200, 700))).toBe(4_800);
    });

    it("leaves alone what the reader does: by a key, or later", () => {
      expect(grown().follow.lost(at(0, 7_200, 700))).toBe(0);
      const { follow, pass } = grown("wheel");
      pass(700);
      expect(follow.lost(at(0, 7_200, 700))).toBe(0);
      const other = grown("wheel").follow;
      other.touched();
      expect(other.lost(at(0, 7_200, 700))).toBe(0);
    });
  });

  it("lets go of the line at a touch, at any scrolling, and once rows are measured", () => {
    for (const end of ["touched", "settled"] as const) {
      const follow = atItsEnd();
      follow.put("line");
      follow[end]();
      expect(follow.place).toBe("free");
    }
    const follow = atItsEnd();
    follow.put("line");
    follow.moved(at(400));
    follow.look(at(450), true);
    expect([follow.place, follow.taken]).toEqual(["free", true]);
  });

  it("never takes the list's own moves for the reader's, also after a touch", () => {
    const size = fc.integer({ min: -200, max: 200 });
    const change = fc.record({ above: size, below: fc.integer({ min: 0, max: 200 }), view: size });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 20 }), fc.boolean(), (changes, touched) => {
        const follow = createScrollFollow(() => 0);
        let position = at(9_000, 10_000, 1_000);
        follow.moved(position);
        if (touched) follow.touched();
        for (const { above, below, view } of changes) {
          // Rows above are measured and made up for; then rows are added below; then the view changes.
          position = { ...position, top: position.top + above, size: position.size + above };
          follow.look(position, true);
          position = { ...position, size: position.size + below };
          follow.look(position, true);
          const viewport = Math.max(100, position.viewport + view);
          position = { ...position, viewport, top: Math.min(position.top, position.size - viewport) };
          follow.look(position, true);
        }
        expect([follow.place, follow.taken]).toEqual(["end", false]);
      }),
    );
  });

  it("always knows the reader's scrolling up, whatever the list does meanwhile", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 5_000 }),
        fc.integer({ min: -1_000, max: 1_000 }),
        fc.nat({ max: 1_000 }),
        (scrolled, above, below) => {
          const follow = createScrollFollow(() => 0);
          follow.moved(at(9_000, 10_000, 1_000));
          follow.touched();
          follow.look(
            at(
              9_000 + Math.min(above, scrolled - 2) - scrolled,
              10_000 + Math.min(above, scrolled - 2) + below,
              1_000,
            ),
            true,
          );
          expect(follow.place).toBe("free");
        },
      ),
    );
  });
});
