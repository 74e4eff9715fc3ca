/** What the browser tells about the world around the page. All of it is absent outside of a browser. */

/** Calls when the network came back or somebody looks at the page again: a good moment to be connected. */
export function onReturn(listener: () => void): () => void {
  if (typeof document === "undefined") return () => undefined;
  const whenVisible = () => {
    if (document.visibilityState === "visible") listener();
  };
  addEventListener("online", listener);
  addEventListener("pageshow", listener);
  document.addEventListener("visibilitychange", whenVisible);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("pageshow", listener);
    document.removeEventListener("visibilitychange", whenVisible);
  };
}

/** Calls when the page may be about to go away: the last moment to write something down. */
export function onLeave(listener: () => void): () => void {
  if (typeof document === "undefined") return () => undefined;
  const whenHidden = () => {
    if (document.visibilityState === "hidden") listener();
  };
  addEventListener("pagehide", listener);
  document.addEventListener("visibilitychange", whenHidden);
  return () => {
    removeEventListener("pagehide", listener);
    document.removeEventListener("visibilitychange", whenHidden);
  };
}
