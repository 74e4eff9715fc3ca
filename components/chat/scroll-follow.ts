/** How near to the end counts as being there. */
const END_PX = 32;

/** What is less is rounding, not scrolling. */
export const ROUNDING_PX = 1;

/** So long after a touch the list does not move by itself: the scrolling that it begins has not been seen yet. */
export const HOLD_MS = 400;

/** So long after a turn of the wheel the browser may still be on its way to where that leads. */
const TURN_MS = 600;
/** A turn of the wheel is never mistaken for what was lost, nor the other way round, as long as pages are longer than this. */
const TURN_PX = 300;

/** Where the element that scrolls stands, by its own word: what a list remembers of it may be a frame old. */
export interface ScrollPosition {
  top: number;
  viewport: number;
  size: number;
}

/** What a list is held at while its rows are measured and added: its end, the line above what is unread, or nothing. */
export type Place = "end" | "line" | "free";

/**
 * Tells the reader's scrolling from the moves of the list itself, which measures its rows and keeps what is read in its
 * place. It goes by where the list stands and by no clock: a busy page hears of scrolling late, and in any order. Whoever
 * moves the list therefore looks first (`look`), and says where it stands afterwards (`moved`).
 */
export interface ScrollFollow {
  readonly place: Place;
  /** The reader scrolled since the list was put somewhere. */
  readonly taken: boolean;
  /** The reader's hand was on the list just now. */
  readonly held: boolean;
  /** The list is put somewhere on purpose. */
  put(place: Place): void;
  /** The list was moved, not by the reader. */
  moved(position: ScrollPosition): void;
  /** The reader took hold of the list, by the wheel or otherwise. */
  touched(by?: "wheel"): void;
  /** Rows were added above, and the list has made up for their height; not looked at since. */
  grewAbove(position: ScrollPosition): void;
  /**
   * By how much the list stands too high because the making up was lost, else 0: a browser that is still scrolling for the
   * wheel goes on to the place that it had set out for, and that is another one now.
   */
  lost(position: ScrollPosition): number;
  /** Looks where the list stands; `complete` when nothing is missing behind its last row. Tells whether the end is in view. */
  look(position: ScrollPosition, complete: boolean): boolean;
  /** Scrolling has come to rest: near the end is at the end. */
  rested(position: ScrollPosition, complete: boolean): void;
  /** The rows around the line have been measured: it is held no longer. */
  settled(): void;
}

export function createScrollFollow(now: () => number = () => performance.now()): ScrollFollow {
  let place: Place = "end";
  let taken = false;
  let byHand = false;
  let touchedAt = Number.NEGATIVE_INFINITY;
  let last: (ScrollPosition & { gap: number }) | undefined;
  let turnedAt = Number.NEGATIVE_INFINITY;
  let grownBy = 0;

  const held = () => now() - touchedAt < HOLD_MS;

  /** Where the reader scrolled to since the last look; undefined when they did not. */
  const scrolling = (next: ScrollPosition & { gap: number }): "up" | "down" | undefined => {
    if (last === undefined) return undefined;
    // Rows that are added, measured or given up change the size as well, and either the place or what is left below it.
    const sizesChanged = next.size !== last.size || next.viewport !== last.viewport;
    if (sizesChanged && !byHand) return undefined;
    const [moved, left] = [next.top - last.top, next.gap - last.gap];
    if (moved < -ROUNDING_PX && left > ROUNDING_PX) return "up";
    if (moved > ROUNDING_PX && left < -ROUNDING_PX) return "down";
    return undefined;
  };

  return {
    get place() {
      return place;
    },
    get taken() {
      return taken;
    },
    get held() {
      return held();
    },
    put(next) {
      place = next;
      taken = false;
      byHand = false;
      touchedAt = Number.NEGATIVE_INFINITY;
      turnedAt = Number.NEGATIVE_INFINITY;
      grownBy = 0;
      last = undefined;
    },
    moved(position) {
      last = measured(position);
    },
    touched(by) {
      byHand = true;
      touchedAt = now();
      turnedAt = by === "wheel" ? touchedAt : Number.NEGATIVE_INFINITY;
      if (place === "line") place = "free";
    },
    grewAbove(position) {
      const by = last === undefined ? 0 : position.size - last.size;
      grownBy = by > position.viewport + TURN_PX ? by : 0;
    },
    lost({ top }) {
      if (last === undefined || grownBy === 0 || now() - turnedAt > TURN_MS) return 0;
      return last.top - top > grownBy - TURN_PX ? grownBy : 0;
    },
    look(position, complete) {
      const next = measured(position);
      const direction = scrolling(next);
      const atEnd = complete && next.gap <= END_PX;
      if (direction !== undefined) taken = true;
      if (direction === "up" || (direction === "down" && place === "line")) place = "free";
      const isBack = atEnd && (direction === "down" || next.gap <= ROUNDING_PX);
      if (place === "free" && isBack) place = "end";
      last = next;
      return atEnd;
    },
    rested(position, complete) {
      if (place === "free" && complete && !held() && measured(position).gap <= END_PX) place = "end";
    },
    settled() {
      if (place === "line") place = "free";
    },
  };
}

/** With what is left below the view. Where a list springs back from beyond its edges, it stands at them. */
function measured({ top, viewport, size }: ScrollPosition): ScrollPosition & { gap: number } {
  const furthest = Math.max(0, size - viewport);
  const within = Math.min(Math.max(0, top), furthest);
  return { top: within, viewport, size, gap: furthest - within };
}
