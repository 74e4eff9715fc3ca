/** How near to the end counts as being there. */
const END_PX = 32;

export interface ScrollPosition {
  offset: number;
  viewport: number;
  size: number;
}

/**
 * Whether a list stays at its end when something is added. It does once it was put there, until the reader scrolls up; a
 * list that is still measuring its rows may be far from its end without anybody having scrolled.
 */
export interface ScrollFollow {
  readonly following: boolean;
  /** The list was put at its end, or somewhere else on purpose. */
  set(following: boolean): void;
  /** Tells whether the end is in view. */
  scrolled(position: ScrollPosition): boolean;
}

export function createScrollFollow(): ScrollFollow {
  let following = true;
  let lastOffset = 0;
  return {
    get following() {
      return following;
    },
    set(value) {
      following = value;
    },
    scrolled({ offset, viewport, size }) {
      const atEnd = size - offset - viewport <= END_PX;
      if (atEnd) following = true;
      else if (offset < lastOffset - 1) following = false;
      lastOffset = offset;
      return atEnd;
    },
  };
}
