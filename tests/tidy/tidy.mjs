// Keeps the house tidy: node tests/tidy/tidy.mjs [folder]
//
// Prints `path:line: text` for everything that breaks a rule, then `N passed, N failed` (rules),
// and ends non-zero when a rule failed. tests/tidy/ratchet.json holds what may stay as it is.

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { held } from './ratchet.mjs';
import { bannedWords, coAwaitArguments } from './rules/banned.mjs';
import { claims, operations } from './rules/contract.mjs';
import { includeDirection } from './rules/includes.mjs';
import { buildOutput, largeFiles, machinePlaces, unfinishedMarks } from './rules/repository.mjs';
import { fileSizes, functionSizes, lineLengths } from './rules/sizes.mjs';
import { bothLanguages, textKeys, textsInCode } from './rules/texts.mjs';
import { unusedFiles } from './rules/unused.mjs';
import { treeOnDisk } from './tree.mjs';

const RATCHET = 'tests/tidy/ratchet.json';
const SHOWN_PER_RULE = 40;

export const rules = [
  fileSizes, functionSizes, lineLengths, includeDirection, unusedFiles, bannedWords,
  coAwaitArguments, bothLanguages, textKeys, textsInCode, unfinishedMarks, machinePlaces,
  largeFiles, buildOutput, operations, claims,
];

function main(root) {
  const tree = treeOnDisk(root);
  const path = join(root, RATCHET);
  const ratchet = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  let failed = 0;
  for (const rule of rules) {
    const findings = held(rule.name, rule.check(tree), ratchet[rule.name] ?? {}, RATCHET);
    for (const finding of findings.slice(0, SHOWN_PER_RULE)) {
      console.log(`${finding.path}:${finding.line}: ${finding.text}`);
    }
    if (findings.length > SHOWN_PER_RULE) {
      console.log(`… and ${findings.length - SHOWN_PER_RULE} more: ${rule.name}`);
    }
    if (findings.length > 0) failed += 1;
  }
  console.log(`${rules.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const here = fileURLToPath(new URL('../..', import.meta.url));
  process.exitCode = main(resolve(process.argv[2] ?? here));
}
