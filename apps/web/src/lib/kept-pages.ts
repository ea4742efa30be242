/** Pages that are kept on this device, to be read without a network (public/offline.js). */

const STORE = 'kept-pages';
const WORKER = '/offline.js';

export function canKeepPages(): boolean {
  return 'serviceWorker' in navigator && 'caches' in globalThis;
}

/** `html` shows itself: nothing is loaded for it, and nothing in it runs. */
export async function keepPage(path: string, html: string, until: Date): Promise<void> {
  await navigator.serviceWorker.register(WORKER);
  await navigator.serviceWorker.ready;
  const store = await caches.open(STORE);
  await store.put(path, new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'x-kept-until': until.toISOString(),
    },
  }));
}

export async function isPageKept(path: string): Promise<boolean> {
  if (!canKeepPages()) return false;
  const found = await (await caches.open(STORE)).match(path);
  return Date.parse(found?.headers.get('x-kept-until') ?? '') > Date.now();
}

export async function forgetPage(path: string): Promise<void> {
  if (canKeepPages()) await (await caches.open(STORE)).delete(path);
}

/** For when nobody is signed in: what was kept is no longer on the device. */
export async function forgetKeptPages(): Promise<void> {
  if (!canKeepPages()) return;
  await caches.delete(STORE);
  const workers = await navigator.serviceWorker.getRegistrations();
  await Promise.all(workers.map((worker) => worker.unregister()));
}
