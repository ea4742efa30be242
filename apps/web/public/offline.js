// Without a network, whoever opens the product is shown the page that he has kept on this device.

const STORE = 'kept-pages';

async function keptPage(request) {
  const store = await caches.open(STORE);
  const wanted = await store.match(request, { ignoreSearch: true });
  const candidates = [wanted, ...await Promise.all(
    (await store.keys()).reverse().map((key) => store.match(key)),
  )];
  const now = Date.now();
  const kept = candidates.find(
    (answer) => answer && Date.parse(answer.headers.get('x-kept-until') ?? '') > now,
  );
  return kept ?? Response.error();
}

self.addEventListener('install', () => {
  void self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.mode !== 'navigate') return;
  event.respondWith(fetch(request).catch(() => keptPage(request)));
});
