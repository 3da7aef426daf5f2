// Answers from what a learner chose to keep, when the network does not. It keeps nothing by itself: keep.js does that on
// request, and without that this worker is never registered. SITE, the addresses it has to know, is put in front of it
// (courses/offline.py: worker).
const PREFIX = "hoc|";
const PATIENCE = 10_000; // a kept page appears after that, however slow the network

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function kept(address) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    const found = await (await caches.open(name)).match(address, { ignoreSearch: true, ignoreVary: true });
    if (found) return found;
  }
  return undefined;
}

const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function page(request, path) {
  const copy = await kept(path);
  const live = fetch(request);
  try {
    if (!copy) return await live;
    live.catch(() => {});
    return (await Promise.race([live, later(PATIENCE)])) || copy;
  } catch {
    return copy || (await kept(SITE.homes.find(([prefix]) => path.startsWith(prefix))[1])) || Response.error();
  }
}

// A player asks for parts of a film; a cache holds only whole ones.
async function part(request) {
  const whole = await kept(new URL(request.url).pathname);
  if (!whole) return fetch(request);
  const asked = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get("range") || "");
  if (!asked || (!asked[1] && !asked[2])) return whole;
  const blob = await whole.blob();
  const type = whole.headers.get("content-type") || "";
  const first = asked[1] ? Number(asked[1]) : Math.max(blob.size - Number(asked[2]), 0);
  const last = asked[1] && asked[2] ? Math.min(Number(asked[2]), blob.size - 1) : blob.size - 1;
  if (first > last) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${blob.size}` } });
  return new Response(blob.slice(first, last + 1, type), {
    status: 206,
    headers: {
      "Accept-Ranges": "bytes",
      "Content-Length": String(last - first + 1),
      "Content-Range": `bytes ${first}-${last}/${blob.size}`,
      "Content-Type": type,
    },
  });
}

async function file(request, path) {
  try {
    return await fetch(request);
  } catch (error) {
    const found = await kept(path);
    if (found) return found;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin || pathname.startsWith(SITE.office)) return;
  if (request.mode === "navigate") event.respondWith(page(request, pathname));
  else if (pathname.startsWith(SITE.files)) event.respondWith(part(request));
  else if (["style", "script", "font", "image", "track"].includes(request.destination)) event.respondWith(file(request, pathname));
});
