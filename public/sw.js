/**
 * A copy of what was read last, for where there is no network. The network always comes first: nobody is to get an old
 * paper while a new one can be had.
 */
const VERSION = 1;
const PAGES = `paperboy-pages-${VERSION}`;
const PARTS = `paperboy-parts-${VERSION}`;
const OFFLINE = '/offline';
const SCRIPTS = [
  'cite',
  'element',
  'keyboard',
  'library',
  'look',
  'offline',
  'paper',
  'reader',
  'state',
  'suggest',
  'suggestion',
  'tools',
];
/** Some 60 KB each, compressed by nobody in here. */
const PAGES_MAX = 80;
const PARTS_MAX = 60;
/** Longer than a page takes on a bad line, shorter than patience. */
const PATIENCE_MS = 6000;
/** Pages that are the same for everyone. What belongs to one reader (subscriptions, issues) is never kept. */
const PUBLIC =
  /^\/(?:$|(?:date|week|month|list|papers|author|about|calendar|trending|library|feeds|offline)(?:\/|$))/;
const PART = /^\/(?:_next\/static\/|reader\/|icons\/)/;

self.addEventListener('install', (event) => {
  event.waitUntil(keepWhatOfflineNeeds());
  self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOldCaches().then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(answerPage(request, url));
  else if (PART.test(url.pathname)) event.respondWith(answerPart(request));
});

/** The pages that must be there without ever having been opened, and the scripts they run. */
async function keepWhatOfflineNeeds() {
  const [pages, parts] = await Promise.all([caches.open(PAGES), caches.open(PARTS)]);
  await Promise.all([
    pages.addAll([OFFLINE, '/library']),
    parts.addAll(SCRIPTS.map((name) => `/reader/${name}.js`)),
  ]);
}

async function dropOldCaches() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith('paperboy-') && name !== PAGES && name !== PARTS);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function answerPage(request, url) {
  const isPublic = PUBLIC.test(url.pathname) && url.search === '';
  try {
    const kept = isPublic ? await caches.match(request.url, { cacheName: PAGES }) : undefined;
    // With a copy at hand a dead line need not be waited out.
    const answer = await fetch(
      request,
      kept === undefined ? {} : { signal: AbortSignal.timeout(PATIENCE_MS) },
    );
    const isHtml = answer.headers.get('content-type')?.startsWith('text/html');
    if (isPublic && answer.ok && isHtml && !answer.redirected)
      await keep(PAGES, request.url, answer.clone(), PAGES_MAX);
    return answer;
  } catch {
    const kept = isPublic ? await caches.match(request.url, { cacheName: PAGES }) : undefined;
    return kept ?? (await caches.match(OFFLINE, { cacheName: PAGES })) ?? Response.error();
  }
}

async function answerPart(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) await keep(PARTS, request.url, answer.clone(), PARTS_MAX);
    return answer;
  } catch {
    return (await caches.match(request.url, { cacheName: PARTS })) ?? Response.error();
  }
}

/** Puts the newest at the end, and takes from the beginning what is too much; the offline page always stays. */
async function keep(name, url, answer, most) {
  try {
    const cache = await caches.open(name);
    await cache.delete(url);
    await cache.put(url, answer);
    const keys = (await cache.keys()).filter((key) => new URL(key.url).pathname !== OFFLINE);
    await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((key) => cache.delete(key)));
  } catch {
    // The storage is full or forbidden: the page itself is what matters.
  }
}
