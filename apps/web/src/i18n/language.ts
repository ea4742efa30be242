import { createStore } from '@/lib/store';

export type Language = 'zh-CN' | 'en';
export type Texts = Readonly<Record<string, string>>;

const STORAGE_KEY = 'linchpin.language';

function initialLanguage(): Language {
  return localStorage.getItem(STORAGE_KEY) === 'en' ? 'en' : 'zh-CN';
}

export type LanguageState = Readonly<{ language: Language; texts: Texts }>;
export const languageStore = createStore<LanguageState>({ language: initialLanguage(), texts: {} });

/** What the frame around the pages shows; what the pages show follows with the first of them. */
async function loadTexts(language: Language): Promise<Texts> {
  if (language === 'en') return (await import('./texts-en')).texts;
  return (await import('./texts-zh')).texts;
}

async function loadPageTexts(language: Language): Promise<Texts> {
  if (language === 'en') return (await import('./pages-en')).texts;
  return (await import('./pages-zh')).texts;
}

let pagesShown = false;

/** Before a page shows itself: adds the texts of pages to those of the frame. */
export async function ensurePageTexts(): Promise<void> {
  if (pagesShown) return;
  const { language } = languageStore.get();
  const texts = await loadPageTexts(language);
  const now = languageStore.get();
  if (now.language !== language) return ensurePageTexts();
  pagesShown = true;
  languageStore.set({ language, texts: { ...now.texts, ...texts } });
}

/** Loads the texts of a language and shows the product in it from then on. */
export async function setLanguage(language: Language): Promise<void> {
  const [frame, pages] = await Promise.all([
    loadTexts(language), pagesShown ? loadPageTexts(language) : {},
  ]);
  const texts = { ...frame, ...pages };
  if (!pagesShown || Object.keys(pages).length > 0) show(language, texts);
  else await setLanguage(language);
}

function show(language: Language, texts: Texts): void {
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
