// The files of a scenario: written in it line by line, or made to measure.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { workbook, workbookBomb } from '../support/archive.mjs';
import { encode } from '../support/encoding.mjs';

const ENCODINGS = ['utf-8', 'utf-8-bom', 'utf-16', 'gb18030', 'latin-1'];

function cellsOf(line) {
  return line.split('|').map((text) => text.trim());
}

/** "n" in {n} counts the repeated lines from 1. */
function repeated(lines) {
  return lines.flatMap((line) => {
    const match = /^repeat (\d+) (.*)$/.exec(line);
    if (!match) return [line];
    return Array.from({ length: Number(match[1]) },
      (_, index) => match[2].replaceAll('{n}', String(index + 1)));
  });
}

/** options: the words after the file's name. → bytes */
export function makeFile(options, content, scenarioPath) {
  const [kind, argument] = options;
  if (kind === 'from') return readFileSync(join(dirname(scenarioPath), argument));
  if (kind === 'bomb') return workbookBomb(Number(argument));
  if (kind === 'hex') return Buffer.from(content.join('').replace(/\s/g, ''), 'hex');
  const lines = repeated(content);
  if (kind === 'xlsx') return workbook(lines.map(cellsOf));
  const encoding = options.find((word) => ENCODINGS.includes(word)) ?? 'utf-8';
  const end = options.includes('crlf') ? '\r\n' : '\n';
  const unknown = options.find((word) => word !== 'crlf' && !ENCODINGS.includes(word));
  if (unknown) throw new Error(`a file is not "${unknown}"`);
  return encode(lines.map((line) => line + end).join(''), encoding);
}
