// Every text that people read stands in a locale file of both languages, and every key is used.

import { stringLiterals } from '../mask.mjs';
import { lineAt } from '../tree.mjs';

const LANGUAGES = ['zh-CN', 'en'];
const LOCALE = /^(?<folder>.*\/locales\/)(?<prefix>.*?)(?<language>zh-CN|en)\.json$/;
const KEY = /^[a-z][\w-]*(?:\.[\w-]+)+$/;
const HAN = /\p{Script=Han}/u;

function readTexts(tree, path) {
  try {
    return { texts: JSON.parse(tree.text(path)), error: null };
  } catch (error) {
    return { texts: {}, error: `is not JSON: ${error.message}` };
  }
}

/** The pairs of locale files: [{name, web, files: {language: {path, texts, error}}}]. */
function localePairs(tree) {
  const pairs = new Map();
  for (const path of tree.paths(LOCALE)) {
    const { folder, prefix, language } = LOCALE.exec(path).groups;
    const name = folder + prefix;
    const web = path.startsWith('apps/web/') || prefix === 'web.';
    if (!pairs.has(name)) pairs.set(name, { name, web, files: {} });
    pairs.get(name).files[language] = { path, ...readTexts(tree, path) };
  }
  return [...pairs.values()];
}

function lineOfKey(tree, path, key) {
  const at = tree.text(path).indexOf(JSON.stringify(key));
  return at === -1 ? 1 : lineAt(tree.text(path), at);
}

function places(text) {
  return [...String(text).matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort().join(' ');
}

function compare(tree, file, other, language) {
  const finding = (key, text) => ({ path: file.path, line: lineOfKey(tree, file.path, key), text });
  return Object.entries(file.texts).flatMap(([key, text]) => {
    if (typeof text !== 'string' || text.trim() === '') return [finding(key, `${key} is empty`)];
    if (!(key in other.texts)) return [finding(key, `${key} is missing in ${language}`)];
    if (places(text) !== places(other.texts[key])) {
      return [finding(key, `${key} names other values than in ${language}`)];
    }
    return [];
  });
}

export const bothLanguages = {
  name: 'texts in both languages',
  check(tree) {
    return localePairs(tree).flatMap(({ name, files }) => {
      const [first, second] = LANGUAGES;
      const present = Object.values(files);
      const broken = present.filter((file) => file.error !== null);
      if (broken.length > 0) {
        return broken.map(({ path, error }) => ({ path, line: 1, text: error }));
      }
      const missing = LANGUAGES.find((language) => files[language] === undefined);
      if (missing) {
        const { path } = present[0];
        return [{ path, line: 1, text: `there is no ${name}${missing}.json beside it` }];
      }
      return [
        ...compare(tree, files[first], files[second], second),
        ...compare(tree, files[second], files[first], first),
      ];
    });
  },
};

const WEB_CODE = /^(apps\/web\/src|capabilities\/[^/]+\/web)\/.*\.tsx?$/;
const SERVER_CODE = /^(src|apps\/server|capabilities\/[^/]+)\/.*\.(cpp|h)$/;
const TEST_CODE = /(_test\.cpp|\.test\.tsx?|\.d\.ts)$/;

function codeOf(tree, web) {
  const pattern = web ? WEB_CODE : SERVER_CODE;
  return tree.paths(pattern).filter((path) => !TEST_CODE.test(path));
}

function literalsOf(tree, paths) {
  return paths.flatMap((path) => {
    const masks = tree.masked(path);
    return stringLiterals(masks).map((literal) => ({ ...literal, path, code: masks.code }));
  });
}

function keysOf(pairs) {
  const files = pairs.flatMap((pair) => Object.values(pair.files));
  return new Set(files.flatMap(({ texts }) => Object.keys(texts)));
}

/** Whether the code around a literal asks for a text. */
function asksForText({ code, index }) {
  const before = code.slice(Math.max(0, index - 40), index);
  return /\b(?:t|translate|text|has)\(\s*(?:language,\s*)?$/.test(before) ||
    /\b(?:label|title|text|labelKey|titleKey)\s*[:=]\s*\{?$/.test(before);
}

export const textKeys = {
  name: 'text keys exist and are used',
  check(tree) {
    return [true, false].flatMap((web) => {
      const pairs = localePairs(tree).filter((pair) => pair.web === web);
      const keys = keysOf(pairs);
      const literals = literalsOf(tree, codeOf(tree, web));
      return [...unknownKeys(literals, keys), ...unusedKeys(tree, pairs, literals, web)];
    });
  },
};

function unknownKeys(literals, keys) {
  const prefixes = new Set([...keys].map((key) => key.split('.')[0]));
  return literals.flatMap((literal) => {
    const { value, path, code, index } = literal;
    const start = value.split('${')[0];
    const line = lineAt(code, index);
    if (value.includes('${')) {
      const asked = asksForText(literal) && start.includes('.');
      if (!asked || [...keys].some((key) => key.startsWith(start))) return [];
      return [{ path, line, text: `no text key begins with ${start}` }];
    }
    if (!KEY.test(value) || keys.has(value)) return [];
    if (!asksForText(literal) && !/^problem\.\w+$/.test(value)) return [];
    if (!prefixes.has(value.split('.')[0]) && !asksForText(literal)) return [];
    return [{ path, line, text: `there is no text ${value}` }];
  });
}

function unusedKeys(tree, pairs, literals, web) {
  const exact = new Set(literals.map(({ value }) => value));
  const starts = [...new Set(literals.flatMap(({ value }) => {
    const start = value.split('${')[0];
    return /^[a-z][\w-]*\.[\w.-]*$/.test(start) && (value.includes('${') || value.endsWith('.'))
      ? [start] : [];
  }))].filter((start) => start !== 'problem.');
  // A problem's code is written without its namespace; a page asks for it by the answer's code.
  const used = (key) => exact.has(key) || starts.some((start) => key.startsWith(start)) ||
    (!web && key.startsWith('problem.') && exact.has(key.slice('problem.'.length)));
  return pairs.flatMap(({ files }) => {
    const file = files[LANGUAGES[0]];
    if (!file) return [];
    return Object.keys(file.texts).filter((key) => !used(key)).map((key) => ({
      path: file.path, line: lineOfKey(tree, file.path, key), text: `nothing shows ${key}`,
    }));
  });
}

export const textsInCode = {
  name: 'no texts in the code of pages',
  check(tree) {
    return codeOf(tree, true).flatMap((path) => {
      const { plain } = tree.masked(path);
      return plain.split('\n').flatMap((text, index) => {
        // A language is called by its own name in every language.
        if (!HAN.test(text.replaceAll("'中文'", ''))) return [];
        return [{ path, line: index + 1, text: 'a text in the code: give it a key in locales/' }];
      });
    });
  },
};
