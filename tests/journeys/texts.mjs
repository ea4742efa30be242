// The product's own texts, so that journeys look for what people read and follow its changes.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/server.mjs';

function localeFiles(language) {
  const capabilities = readdirSync(join(root, 'capabilities'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `capabilities/${name}/locales/web.${language}.json`);
  return [`apps/web/locales/${language}.json`, ...capabilities];
}

function readTexts(language) {
  return Object.assign({}, ...localeFiles(language).map((path) => {
    try {
      return JSON.parse(readFileSync(join(root, path), 'utf8'));
    } catch (error) {
      if (error.code === 'ENOENT') return {};
      throw error;
    }
  }));
}

const languages = { 'zh-CN': readTexts('zh-CN'), en: readTexts('en') };

/** text('zh-CN', 'imports.rows', {n: 3}) */
export function text(language, key, values = {}) {
  const found = languages[language][key];
  if (found === undefined) throw new Error(`there is no text ${key}`);
  return found.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
}

/** A pattern that matches the text with anything in its places. */
export function pattern(language, key) {
  const parts = text(language, key).split(/\{\w+\}/);
  return new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+'));
}
