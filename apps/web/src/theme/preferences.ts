import { useSyncExternalStore } from 'react';
import { createStore } from '@/lib/store';
import type { Density, Scheme } from './tokens';

/** How this browser shows the product; what belongs to the person is kept by the server. */
export type Preferences = Readonly<{
  scheme: Scheme | 'system';
  density: Density;
  folded: boolean;
}>;

const STORAGE_KEY = 'linchpin.look';
const DEFAULTS: Preferences = { scheme: 'system', density: 'comfortable', folded: false };

function restore(): Preferences {
  try {
    const kept = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}') as Partial<Preferences>;
    return { ...DEFAULTS, ...kept };
  } catch {
    return DEFAULTS;
  }
}

const store = createStore(restore());
const darkSystem = window.matchMedia('(prefers-color-scheme: dark)');

export function setPreferences(change: Partial<Preferences>): void {
  const next = { ...store.get(), ...change };
  localStorage.setItem(STORAGE_KEY, JSON.stringify(next));
  store.set(next);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(store.subscribe, store.get);
}

function subscribeSystem(listener: () => void): () => void {
  darkSystem.addEventListener('change', listener);
  return () => {
    darkSystem.removeEventListener('change', listener);
  };
}

/** The scheme in force: the person's choice, or what the system asks for. */
export function useScheme(): Scheme {
  const { scheme } = usePreferences();
  const dark = useSyncExternalStore(subscribeSystem, () => darkSystem.matches);
  if (scheme !== 'system') return scheme;
  return dark ? 'dark' : 'light';
}
