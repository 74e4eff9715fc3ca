/** How near to the end counts as being there. */
const END_PX = 32;

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
  /** The reader's hand is on the list. */
  readonly held: boolean;
  /** The list was put at its end, or somewhere else on purpose. */
  set(following: boolean): void;
  /** The reader took hold of the list: until `rested`, scrolling up is theirs and not the list's own. */
  touched(): void;
  rested(): void;
  /** Tells whether the end is in view. */
  scrolled(position: ScrollPosition): boolean;
}

export function createScrollFollow(): ScrollFollow {
  let following = true;
  let byHand = false;
  let lastOffset = 0;
  return {
    get following() {
      return following;
    },
    get held() {
      return byHand;
    },
    set(value) {
      following = value;
    },
    touched() {
      byHand = true;
    },
    rested() {
      byHand = false;
    },
    scrolled({ offset, viewport, size }) {
      const atEnd = size - offset - viewport <= END_PX;
      if (atEnd) following = true;
      else if (byHand && offset < lastOffset - 1) following = false;
      lastOffset = offset;
      return atEnd;
    },
  };
}
