/** Arranges for `work` to be called once, soon; what is asked for meanwhile is the same call. */
export type Frame = (work: () => void) => void;

/** Hidden pages get no animation frames, but their title shows the unread count: then a timer it is. */
const HIDDEN_MS = 100;

/** Once per frame that the browser draws: hundreds of changes a second are one rendering each 16 ms. */
export const browserFrame: Frame = (work) => {
  if (typeof requestAnimationFrame === "undefined") {
    queueMicrotask(work);
    return;
  }
  const run = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    work();
  };
  const frame = requestAnimationFrame(run);
  const timer = setTimeout(run, HIDDEN_MS);
};

/** Gathers what changed and publishes it once a frame. */
export function createPublisher<K>(
  frame: Frame,
  publish: (changed: ReadonlySet<K>) => void,
): (key: K) => void {
  let changed: Set<K> | undefined;
  return (key) => {
    if (changed !== undefined) {
      changed.add(key);
      return;
    }
    const gathered = new Set([key]);
    changed = gathered;
    frame(() => {
      changed = undefined;
      publish(gathered);
    });
  };
}
