export type Store<T> = Readonly<{
  get: () => T;
  set: (value: T) => void;
  subscribe: (listener: () => void) => () => void;
}>;

/** A value that components can watch with useSyncExternalStore. */
export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
