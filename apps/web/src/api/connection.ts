const RETRY_MS = 3_000;

/** Resolves when the connection may be back: the browser says so, or some time has gone by. */
export function connectionBack(): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      window.clearTimeout(timer);
      window.removeEventListener('online', done);
      resolve();
    };
    const timer = window.setTimeout(done, RETRY_MS);
    window.addEventListener('online', done);
  });
}
