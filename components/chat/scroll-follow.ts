/** How near to the end counts as being there. */
const END_PX = 32;

/** So long after a touch the list does not move by itself: the scrolling that it begins has not been heard of yet. */
export const HOLD_MS = 400;

export interface ScrollPosition {
  offset: number;
  viewport: number;
  size: number;
}

/**
 * Whether a list stays at its end when something is added. It does once it was put there, until the reader scrolls up by hand;
 * a list that measures its rows, or is made smaller, moves without anybody having scrolled.
 */
export interface ScrollFollow {
  readonly following: boolean;
  /** The reader's hand was on the list just now. */
  readonly held: boolean;
  /** The list was put at its end, or somewhere else on purpose. */
  set(following: boolean): void;
  /** The reader took hold of the list: until `rested`, scrolling up is theirs and not the list's own. */
  touched(): void;
  rested(): void;
  /** Tells whether the end is in view. */
  scrolled(position: ScrollPosition): boolean;
}

export function createScrollFollow(now: () => number = () => performance.now()): ScrollFollow {
  let following = true;
  let byHand = false;
  let moved = false;
  let touchedAt = Number.NEGATIVE_INFINITY;
  let lastOffset = 0;
  return {
    get following() {
      return following;
    },
    get held() {
      return now() - touchedAt < HOLD_MS;
    },
    set(value) {
      following = value;
    },
    touched() {
      byHand = true;
      moved = false;
      touchedAt = now();
    },
    rested() {
      // An earlier scroll may come to rest just after the hand was put on the list.
      if (moved || now() - touchedAt >= HOLD_MS) byHand = false;
    },
    scrolled({ offset, viewport, size }) {
      const atEnd = size - offset - viewport <= END_PX;
      if (atEnd) following = true;
      else if (byHand && offset < lastOffset - 1) following = false;
      moved = true;
      lastOffset = offset;
      return atEnd;
    },
  };
}
