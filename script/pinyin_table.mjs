// Writes the pinyin tables of src/base as C++ source, from the dictionaries of pinyin-pro.
//
//   node script/pinyin_table.mjs <folder of the unpacked npm package> <output.cpp>

import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const firstCharacter = 0x3400;
const lastCharacter = 0x9fff;
const longestPhrase = 8;
const longestSyllable = 7;
const elementsPerLine = 24;

const toneMarks = new Map([
  ['\u0304', 1],
  ['\u0301', 2],
  ['\u030c', 3],
  ['\u0300', 4],
]);
const neutralTone = 5;

// "lǜ" → "lv4"; undefined for what is not a syllable.
function numbered(syllable) {
  let tone = neutralTone;
  let letters = '';
  for (const mark of syllable.trim().normalize('NFD')) {
    if (toneMarks.has(mark)) tone = toneMarks.get(mark);
    else if (mark === '\u0308') letters = letters.replace(/u$/, 'v');
    else if (mark !== '\u0302') letters += mark;
  }
  const text = `${letters}${tone}`;
  return /^[a-z]+[1-5]$/.test(text) && text.length <= longestSyllable ? text : undefined;
}

// The tone of 一 and 不 changes in speech with the next word; a sort key must not.
const unchanging = new Map([
  ['一', 'yi1'],
  ['不', 'bu4'],
]);

class Syllables {
  #indexes = new Map();
  texts = [''];

  index(text) {
    if (!this.#indexes.has(text)) {
      this.#indexes.set(text, this.texts.length);
      this.texts.push(text);
    }
    return this.#indexes.get(text);
  }
}

function characterReadings(dictionary, syllables) {
  const readings = [];
  for (let code = firstCharacter; code <= lastCharacter; ++code) {
    const known = dictionary.get(String.fromCharCode(code));
    const text = known ? numbered(known.split(' ')[0]) : undefined;
    readings.push(text ? syllables.index(text) : 0);
  }
  return readings;
}

function isInTable(character) {
  const code = character.codePointAt(0);
  return code >= firstCharacter && code <= lastCharacter;
}

// [{ text, readings }] in ascending order of UTF-16; phrases with other characters are left out.
function phraseList(entries, syllables) {
  const phrases = new Map();
  for (const [text, pinyin] of entries) {
    const characters = [...text];
    const parts = pinyin.trim().split(/\s+/).map(numbered);
    const complete = parts.length === characters.length && parts.every(Boolean);
    if (!complete || characters.length > longestPhrase) continue;
    if (!characters.every(isInTable)) continue;
    const readings = parts.map((part, i) => unchanging.get(characters[i]) ?? part);
    phrases.set(text, readings.map((reading) => syllables.index(reading)));
  }
  const list = [...phrases].map(([text, readings]) => ({ text, readings }));
  return list.sort((a, b) => (a.text < b.text ? -1 : 1));
}

function lines(elements) {
  const rows = [];
  for (let i = 0; i < elements.length; i += elementsPerLine) {
    rows.push(`  ${elements.slice(i, i + elementsPerLine).join(',')},`);
  }
  return rows.join('\n');
}

function phraseTable(name, phrases) {
  const starts = [0];
  for (const { text } of phrases) starts.push(starts.at(-1) + text.length);
  const units = phrases.flatMap(({ text }) => [...text].map((c) => c.codePointAt(0)));
  const readings = phrases.flatMap((phrase) => phrase.readings);
  return `namespace {
constexpr char16_t ${name}_text[] = {
${lines(units)}
};
constexpr std::uint16_t ${name}_readings[] = {
${lines(readings)}
};
constexpr std::uint32_t ${name}_starts[] = {
${lines(starts)}
};
}  // namespace
const PhraseTable ${name} = {${name}_text, ${name}_readings, ${name}_starts, ${phrases.length}};
`;
}

async function dictionaries(packageFolder) {
  const load = async (name) =>
    import(pathToFileURL(join(packageFolder, 'dist/esm/data', `${name}.mjs`)));
  const phraseFiles = await Promise.all(['dict2', 'dict3', 'dict4', 'dict5'].map(load));
  const special = await load('special');
  return {
    characters: (await load('dict1')).default,
    phrases: phraseFiles.flatMap((file) => Object.entries(file.default)),
    counters: special.PatternNumberDict.map(({ zh, pinyin }) => [zh, pinyin]),
    surnames: Object.entries((await load('surname')).default),
  };
}

async function main(packageFolder, output) {
  const source = await dictionaries(packageFolder);
  const syllables = new Syllables();
  const readings = characterReadings(source.characters, syllables);
  const tables = ['phrases', 'counters', 'surnames'].map((name) =>
    phraseTable(name, phraseList(source[name], syllables)),
  );
  const content = `// Written by script/pinyin_table.mjs. The readings come from pinyin-pro:
// MIT License, Copyright (c) 2022-present zh-lx.

#include "base/pinyin_table.h"

namespace linchpin::pinyin_table {

const Syllable syllables[] = {
${lines(syllables.texts.map((text) => `"${text}"`))}
};

const std::uint16_t character_readings[] = {
${lines(readings)}
};

${tables.join('\n')}
}  // namespace linchpin::pinyin_table
`;
  await writeFile(output, content);
}

const [packageFolder, output] = process.argv.slice(2);
if (!packageFolder || !output) {
  console.error('usage: pinyin_table.mjs <package folder> <output.cpp>');
  process.exit(2);
}
await main(resolve(packageFolder), output);
