import { useCallback, useSyncExternalStore } from 'react';
import { languageStore } from './language';
import type { Language, Texts } from './language';

export type Parameters = Readonly<Record<string, string | number>>;
export type Translate = (key: string, parameters?: Parameters) => string;

/** Fills {name} places; a missing key shows itself, so that it is seen and mended. */
export function fill(texts: Texts, key: string, parameters?: Parameters): string {
  const text = texts[key] ?? key;
  if (!parameters) return text;
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = parameters[name];
    return value === undefined ? place : String(value);
  });
}

export function translate(key: string, parameters?: Parameters): string {
  return fill(languageStore.get().texts, key, parameters);
}

export function useText(): { t: Translate; language: Language } {
  const { language, texts } = useSyncExternalStore(languageStore.subscribe, languageStore.get);
  const t = useCallback<Translate>(
    (key, parameters) => fill(texts, key, parameters), [texts],
  );
  return { t, language };
}
