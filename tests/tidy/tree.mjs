// The files of the project as the rules see them: path → text, with views made on demand.

import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { mask } from './mask.mjs';

const LARGEST_TEXT_BYTES = 8 * 1024 * 1024;

export class Tree {
  /** @param files a Map of path → {text: string|null (null: not text), size, tracked} */
  constructor(files) {
    this.files = files;
    this.masks = new Map();
  }

  static of(texts) {
    const entries = Object.entries(texts).map(([path, text]) => [
      path,
      typeof text === 'string' ? { text, size: Buffer.byteLength(text), tracked: true } : text,
    ]);
    return new Tree(new Map(entries));
  }

  paths(pattern) {
    return [...this.files.keys()].filter((path) => pattern.test(path));
  }

  text(path) {
    return this.files.get(path)?.text ?? '';
  }

  lines(path) {
    const lines = this.text(path).split('\n');
    if (lines.at(-1) === '') lines.pop();
    return lines;
  }

  /** {code, plain}: without comments and string contents; without comments only. */
  masked(path) {
    if (!this.masks.has(path)) this.masks.set(path, mask(this.text(path), languageOf(path)));
    return this.masks.get(path);
  }
}

export function languageOf(path) {
  if (/\.(cpp|h|in)$/.test(path)) return 'cpp';
  if (/\.css$/.test(path)) return 'css';
  return 'js';
}

export function lineAt(text, index) {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) {
    line += 1;
  }
  return line;
}

function listed(root, ...options) {
  const output = execFileSync('git', ['-C', root, 'ls-files', '-z', ...options], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return output.split('\0').filter((path) => path !== '');
}

function readText(path, size) {
  if (size > LARGEST_TEXT_BYTES) return null;
  const bytes = readFileSync(path);
  return bytes.includes(0) ? null : bytes.toString('utf8');
}

/** What git tracks or would track in `root`. */
export function treeOnDisk(root) {
  const tracked = new Set(listed(root, '--cached'));
  const files = new Map();
  for (const path of listed(root, '--cached', '--others', '--exclude-standard')) {
    const size = statSync(join(root, path), { throwIfNoEntry: false })?.size;
    if (size === undefined || files.has(path)) continue;
    files.set(path, { text: readText(join(root, path), size), size, tracked: tracked.has(path) });
  }
  return new Tree(files);
}
