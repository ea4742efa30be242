// What must not be in the repository: marks of unfinished work, places of one machine, build
// output and large files.

import { lineAt } from '../tree.mjs';

// Written in pieces, so that this file holds none of what it looks for.
const MARKS = [['TO', 'DO'], ['FIX', 'ME'], ['XX', 'X'], ['HA', 'CK']].map((part) => part.join(''));
const PHRASES = [
  ['not', 'implemented'], ['coming', 'soon'], ['lorem', 'ipsum'], ['placeholder', 'data'],
  ['mock', 'data'],
].map((words) => words.join(' '));
const UNFINISHED = [
  new RegExp(`\\b(?:${MARKS.join('|')})\\b`, 'g'),
  new RegExp(`\\b(?:${PHRASES.join('|')}|un${'implemented'})\\b`, 'gi'),
];

const FOLDERS = ['work', 'farm', 'root', 'home/[a-z][\\w-]*', 'Users/[A-Za-z][\\w-]*', 'tmp/lp'];
const MACHINE_PATH = new RegExp(`(?<![\\w.~}*-])/(?:${FOLDERS.join('|')})/`, 'g');
const HOSTS = ['registry\\.npmjs', 'registry\\.yarnpkg', 'npmmirror', 'deb\\.debian', 'pypi',
  'security\\.debian', 'proxy\\.golang'];
const REGISTRY = new RegExp(
  `\\b(?:${HOSTS.join('|')})\\.(?:org|com|net)\\b|"resolved"\\s*:\\s*"https?:|^registry\\s*=`, 'gm',
);

const LARGEST_BYTES = 2 * 1024 * 1024;
const OUTPUT_FOLDER = /(^|\/)(node_modules|build|dist|\.cache)\//;
const OUTPUT_FILE = /\.(o|a|so|db|sqlite|sqlite3|db-wal|db-shm)$/;

function search(tree, patterns, text) {
  return [...tree.files].flatMap(([path, file]) => {
    if (file.text === null) return [];
    return patterns.flatMap((pattern) =>
      [...file.text.matchAll(pattern)].map((match) => ({
        path, line: lineAt(file.text, match.index), text: text(match[0]),
      })),
    );
  });
}

export const unfinishedMarks = {
  name: 'unfinished marks',
  check: (tree) => search(tree, UNFINISHED, (what) => `${what}: finish it or leave it out`),
};

export const machinePlaces = {
  name: 'places of one machine',
  check: (tree) =>
    search(tree, [MACHINE_PATH, REGISTRY],
      (what) => `${what} is a place of one machine or network`),
};

export const largeFiles = {
  name: 'large files',
  check: (tree) =>
    [...tree.files].flatMap(([path, { size }]) =>
      size <= LARGEST_BYTES
        ? []
        : [{ path, line: 1, text: `${size} bytes (max ${LARGEST_BYTES})` }],
    ),
};

export const buildOutput = {
  name: 'build output',
  check: (tree) =>
    [...tree.files].flatMap(([path, { tracked }]) =>
      tracked && (OUTPUT_FOLDER.test(path) || OUTPUT_FILE.test(path))
        ? [{ path, line: 1, text: 'build output is tracked' }]
        : [],
    ),
};
