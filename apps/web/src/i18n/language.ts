import { createStore } from '@/lib/store';

export type Language = 'zh-CN' | 'en';
export type Texts = Readonly<Record<string, string>>;

const STORAGE_KEY = 'linchpin.language';

function initialLanguage(): Language {
  return localStorage.getItem(STORAGE_KEY) === 'en' ? 'en' : 'zh-CN';
}

export type LanguageState = Readonly<{ language: Language; texts: Texts }>;
export const languageStore = createStore<LanguageState>({ language: initialLanguage(), texts: {} });

async function loadTexts(language: Language): Promise<Texts> {
  if (language === 'en') return (await import('./texts-en')).texts;
  return (await import('./texts-zh')).texts;
}

/** Loads the texts of a language and shows the product in it from then on. */
export async function setLanguage(language: Language): Promise<void> {
  const texts = await loadTexts(language);
  localStorage.setItem(STORAGE_KEY, language);
  document.documentElement.lang = language;
  languageStore.set({ language, texts });
}

export function currentLanguage(): Language {
  return languageStore.get().language;
}

/** True when the person has chosen a language here; otherwise the account's own applies. */
export function languageIsChosen(): boolean {
  return localStorage.getItem(STORAGE_KEY) !== null;
}
