// Small files, small functions, short lines: what fits on a screen fits in a head.

import { functionsInCpp, functionsInJs } from '../functions.mjs';
import { languageOf, lineAt } from '../tree.mjs';

const HEADER_LINES = 200;
const SOURCE_LINES = 400;
const FUNCTION_LINES = 70;
const LINE_COLUMNS = 100;

const MEASURED = /\.(cpp|h|ts|tsx|mjs|css)$/;
const GENERATED = /\.d\.ts$/;

function measured(tree) {
  return tree.paths(MEASURED).filter((path) => !GENERATED.test(path));
}

export const fileSizes = {
  name: 'size of files',
  check(tree) {
    return measured(tree).flatMap((path) => {
      const limit = /\.h$/.test(path) ? HEADER_LINES : SOURCE_LINES;
      const value = tree.lines(path).length;
      if (value <= limit) return [];
      return [{ path, line: value, text: `has ${value} lines (max ${limit})`, value }];
    });
  },
};

export const functionSizes = {
  name: 'size of functions',
  check(tree) {
    return measured(tree)
      .filter((path) => !/\.css$/.test(path))
      .flatMap((path) => longFunctions(tree, path));
  },
};

function longFunctions(tree, path) {
  const { code } = tree.masked(path);
  const find = languageOf(path) === 'cpp' ? functionsInCpp : functionsInJs;
  return find(code).flatMap(({ name, from, to }) => {
    const line = lineAt(code, from);
    const value = lineAt(code, to) - line + 1;
    if (value <= FUNCTION_LINES) return [];
    const text = `${name} has ${value} lines (max ${FUNCTION_LINES})`;
    return [{ path, line, what: name, text, value }];
  });
}

export const lineLengths = {
  name: 'length of lines',
  check(tree) {
    return measured(tree).flatMap((path) =>
      tree.lines(path).flatMap((text, index) => {
        const columns = [...text].length;
        if (columns <= LINE_COLUMNS || /^\s*\S*https?:\S+$/.test(text)) return [];
        return [{ path, line: index + 1, text: `${columns} columns (max ${LINE_COLUMNS})` }];
      }),
    );
  },
};
