// Lets signed-in pages open while the server is away. Online it changes nothing: pages come from the network and only
// from there. What the pages then show is the engine's business; this only brings the page itself.

const VERSION = "1";
const PAGES = `homing-pages-${VERSION}`;
const ASSETS = `homing-assets-${VERSION}`;
const MOST_PAGES = 20;
const MOST_ASSETS = 400;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Pages that make sense without a server. A page of the chat can stand in for any other: the address says which. */
const KEPT = /^\/(chat|inbox|settings)(\/|$)/;
const SHELL = "/chat";
/** Whoever sees one of these is nobody, or about to be somebody else. */
const SIGNED_OUT = /^\/(login|setup|join)(\/|$)/;
/** What a proxy says when there is no server behind it. */
const AWAY = new Set([502, 503, 504]);

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const old = (await caches.keys()).filter(
        (name) => name.startsWith("homing-") && ![PAGES, ASSETS].includes(name),
      );
      await Promise.all(old.map((name) => caches.delete(name)));
      await self.registration.navigationPreload?.enable();
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method !== "GET") {
    if (pathname === "/api/auth/signout") event.waitUntil(forget());
  } else if (request.mode === "navigate") event.respondWith(page(event, pathname));
  else if (pathname.startsWith("/_next/static/")) event.respondWith(asset(event));
});

/** A page was opened: it tells what it is made of, which this worker has not seen when it is new, and what to keep besides. */
self.addEventListener("message", (event) => {
  if (event.data?.kind === "forget") event.waitUntil(forget());
  if (event.data?.kind !== "keep") return;
  const { pages, assets } = event.data;
  event.waitUntil(Promise.allSettled([...pages.map(fetchPage), ...assets.map(fetchAsset)]));
});

async function page(event, path) {
  const since = forgotten;
  try {
    const response = (await event.preloadResponse) ?? (await fetch(event.request));
    if (AWAY.has(response.status)) return (await keptPage(path)) ?? response;
    if (SIGNED_OUT.test(path)) event.waitUntil(forget());
    else if (KEPT.test(path)) event.waitUntil(keepPage(path, response.clone(), since));
    return response;
  } catch (error) {
    const kept = await keptPage(path);
    if (kept === undefined) throw error;
    return kept;
  }
}

/** With the headers it came with, so that its policy fits the nonce in its scripts. */
async function keptPage(path) {
  if (path === "/") return Response.redirect(SHELL);
  if (!KEPT.test(path)) return undefined;
  const cache = await caches.open(PAGES);
  const shell = path.startsWith(`${SHELL}/`) ? SHELL : undefined;
  return (
    (await cache.match(path, { ignoreVary: true })) ??
    (shell && (await cache.match(shell, { ignoreVary: true })))
  );
}

/** Their names change with their content, so what is kept is never stale. */
async function asset(event) {
  const cache = await caches.open(ASSETS);
  const kept = await cache.match(event.request, { ignoreVary: true });
  if (kept !== undefined) return kept;
  const response = await fetch(event.request);
  event.waitUntil(keep(ASSETS, MOST_ASSETS, event.request, response.clone()));
  return response;
}

/** Pages to open later, with what they need. Once a day is enough: whoever opens one online renews it. */
async function fetchPage(path) {
  const since = forgotten;
  const kept = await (await caches.open(PAGES)).match(path, { ignoreVary: true });
  if (kept !== undefined && Date.now() - Date.parse(kept.headers.get("date")) < DAY_MS) return;
  const response = await fetch(path, { headers: { Accept: "text/html" }, cache: "no-store" });
  const html = await response.clone().text();
  await keepPage(path, response, since);
  const needed = new Set(html.match(/\/_next\/static\/[^"'\\\s<>)]+\.(?:js|css|woff2)/g));
  await Promise.allSettled([...needed].map(fetchAsset));
}

async function fetchAsset(path) {
  const cache = await caches.open(ASSETS);
  if ((await cache.match(path, { ignoreVary: true })) === undefined) {
    await keep(ASSETS, MOST_ASSETS, path, await fetch(path));
  }
}

/** How often everything was forgotten: a page that was asked for before must not be kept after. */
let forgotten = 0;

async function forget() {
  forgotten += 1;
  await caches.delete(PAGES);
}

async function keepPage(path, response, since) {
  if (since === forgotten) await keep(PAGES, MOST_PAGES, path, response);
  if (since !== forgotten) await caches.delete(PAGES);
}

/** Keeps what came whole from here; beyond the bound the oldest go. */
async function keep(name, most, key, response) {
  if (response.status !== 200 || response.redirected || response.type !== "basic") return;
  const cache = await caches.open(name);
  await cache.put(key, response);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((old) => cache.delete(old)));
}
