/** Where the worker lies: at the root, so that it may answer for every page. */
const WORKER = "/service-worker.js";
/** The caches of the worker begin with this; `public/service-worker.js` says the same. */
const CACHE_PREFIX = "homing-";

/** What to keep even when nobody opened it: the chat stands in for every conversation. */
const PAGES = ["/chat", "/inbox"];

/**
 * Lets signed-in pages open while the server is away. Only in production, and only where browsers allow it (https or
 * localhost); elsewhere there is nothing to register and pages work as ever.
 */
export function registerServiceWorker(): void {
  // a constant that the bundler puts in; a browser has no environment
  if (process.env.NODE_ENV !== "production" || !("serviceWorker" in navigator)) return;
  // without the worker only opening a page offline is lost; the browser tells why in its own log
  navigator.serviceWorker
    .register(WORKER, { updateViaCache: "none" })
    .then(tellWhatToKeep)
    .catch(() => undefined);
}

/** A new worker has not seen what this page loaded before it was there. */
async function tellWhatToKeep(): Promise<void> {
  const { active } = await navigator.serviceWorker.ready;
  const assets = performance
    .getEntriesByType("resource")
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith("/_next/static/"));
  active?.postMessage({ kind: "keep", pages: PAGES, assets: assets.map(({ pathname }) => pathname) });
}

/** Forgets the pages kept for the signed-in user: nobody else may see them. */
export async function forgetCachedPages(): Promise<void> {
  if (typeof caches === "undefined") return;
  // the worker may have a page on its way that it must not keep either
  navigator.serviceWorker?.controller?.postMessage({ kind: "forget" });
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(CACHE_PREFIX)).map((name) => caches.delete(name)));
}
