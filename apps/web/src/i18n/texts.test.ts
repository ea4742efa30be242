import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

function capabilityFolders(part: string): readonly string[] {
  const base = join(root, 'capabilities');
  return readdirSync(base)
    .map((name) => join(base, name, part))
    .filter((path) => existsSync(path));
}

function textsOf(language: string): Readonly<Record<string, string>> {
  const files = [
    join(root, 'apps/web/locales', `${language}.json`),
    ...capabilityFolders('locales').map((folder) => join(folder, `web.${language}.json`))
      .filter((path) => existsSync(path)),
  ];
  return Object.assign({}, ...files.map((path) => JSON.parse(readFileSync(path, 'utf8'))));
}

const chinese = textsOf('zh-CN');
const english = textsOf('en');
const sources = [join(root, 'apps/web/src'), ...capabilityFolders('web')]
  .flatMap(filesBelow)
  .filter((path) => /\.tsx?$/.test(path) && !/\.(test|d)\.ts$/.test(path))
  .map((path) => readFileSync(path, 'utf8'));

const areas = new Set(Object.keys(chinese).map((key) => key.split('.')[0]));
const used = new Set(sources.flatMap((source) => (
  [...source.matchAll(/['"]([a-z_]+(?:\.[a-z0-9_]+)+)['"]/g)].map((match) => match[1] ?? '')
)).filter((key) => areas.has(key.split('.')[0])));

describe('texts', () => {
  it('are the same keys in both languages', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort());
  });

  it('exist for every key that the pages use', () => {
    const features = new Set(['identify.abc', 'accounts.create', 'imports.start', 'import.']);
    const missing = [...used].filter((key) => chinese[key] === undefined && !features.has(key));
    expect(missing).toEqual([]);
  });

  it('are all used', () => {
    expect(Object.keys(chinese).filter((key) => !used.has(key))).toEqual([]);
  });

  it('keep the same places for values in both languages', () => {
    const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((one) => one[1]).sort();
    const different = Object.keys(chinese).filter(
      (key) => places(chinese[key] ?? '').join() !== places(english[key] ?? '').join(),
    );
    expect(different).toEqual([]);
  });

  it('are never empty', () => {
    const all = [...Object.entries(chinese), ...Object.entries(english)];
    expect(all.filter(([, text]) => text.trim() === '')).toEqual([]);
  });
});
