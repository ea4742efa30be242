// Words and calls that have a better replacement here. Comments and strings do not count.

import { lineAt } from '../tree.mjs';

const CPP = /\.(cpp|h)$/;
const CPP_TEST = /_test\.cpp$|(^|\/)test_\w+\.(cpp|h)$|^tests\//;
const WEB = /\.(ts|tsx)$/;

const BANNED = [
  [CPP, /\bstd::sto(?:d|f|ld)\b|\b(?:std::)?(?:strtod|strtof|atof)\b/g, 'use parse_decimal',
    /^tests\//],
  [CPP, /\bstd::sto(?:i|l|ll|ul|ull)\b|\b(?:std::)?(?:atoi|atol|strtol|strtoll)\b/g,
    'use std::from_chars', CPP_TEST],
  [CPP, /\bstd::regex\w*/g, 'write a small parser: it is slow and recurses without a limit',
    CPP_TEST],
  [CPP, /\busing\s+namespace\s+(?!std::(?:\w+::)*\w*literals\b)[\w:]+/g,
    'name what is used'],
  [CPP, /\b(?:strcpy|strcat|sprintf|vsprintf|gets|strtok)\s*\(/g, 'use std::string or fmt'],
  [CPP, /\b(?:std::)?(?:srand|rand)\s*\(/g, 'use the generators of base/crypto.h or a fixed seed'],
  [CPP, /(?<![\w.>])(?:std::)?time\s*\(/g, 'take a Clock'],
  [CPP, /\bsystem_clock::now\b/g, 'take a Clock', /^src\/base\/clock\.cpp$/],
  [CPP, /\bstd::(?:cout|cerr|clog)\b|\b(?:std::)?(?:printf|puts)\s*\(/g, 'use base/log.h',
    /^apps\/|^tests\/|^src\/base\/log\.cpp$/],
  [CPP, /\bstd::endl\b/g, "write '\\n'"],
  [CPP, /\b(?:double|float)\s+\w*(?:amount|price|money)\w*\b/g, 'money is exact: use Units'],
  [CPP, /\bstd::(?:auto_ptr|bind)\b/g, 'use std::unique_ptr or a lambda'],
  [CPP, /\bGTEST_SKIP\b|\bDISABLED_\w*/g, 'a test runs or is deleted'],
  [CPP, /\b(?:std::this_thread::sleep_for|std::this_thread::sleep_until|usleep|sleep)\s*\(/g,
    'wait for the event, not for time'],
  [WEB, /\bas\s+any\b|:\s*any\b/g, 'give it its type'],
  [WEB, /\bdangerouslySetInnerHTML\b/g, 'render text as text'],
  [WEB, /\bconsole\.log\b/g, 'show it to the person or leave it out'],
  [/\.(ts|tsx|mjs)$/, /\b(?:it|test|describe)\.(?:skip|only|todo)\b|\bxit\s*\(/g,
    'a test runs or is deleted'],
  [/\.(ts|tsx|mjs)$/, /\beval\s*\(|\bnew\s+Function\s*\(/g, 'call a function'],
];

// These stand in comments, so they are looked for in the whole text.
const SWITCHED_OFF = [
  [CPP, new RegExp(`${'NO'}${'LINT'}(?:NEXTLINE)?(?!.*\\): )`, 'g'),
    'name the check and the reason: (check): reason'],
  [/\.(ts|tsx|mjs|js)$/, new RegExp(`${'eslint'}-disable|@ts-(?:ignore|nocheck)`, 'g'),
    'mend what it says'],
];

function hits(path, text, list) {
  return list.flatMap(([files, pattern, replacement, except]) => {
    if (!files.test(path) || except?.test(path)) return [];
    return [...text.matchAll(pattern)].map((match) => ({
      path,
      line: lineAt(text, match.index),
      text: `${match[0].replace(/\s*\($/, '').trim()} is banned, ${replacement}`,
    }));
  });
}

export const bannedWords = {
  name: 'banned words',
  check(tree) {
    return tree.paths(/\.(cpp|h|ts|tsx|mjs|js)$/).flatMap((path) => [
      ...hits(path, tree.masked(path).code, BANNED),
      ...hits(path, tree.text(path), SWITCHED_OFF),
    ]);
  },
};

/** Where the expression that begins at `from` ends: at its `;` or an outer bracket. */
function expressionEnd(code, from) {
  let depth = 0;
  for (let at = from; at < code.length; at += 1) {
    if ('([{'.includes(code[at])) depth += 1;
    if (')]}'.includes(code[at]) && (depth -= 1) < 0) return at;
    if (depth === 0 && code[at] === ';') return at;
  }
  return code.length;
}

const CAPTURES = /(?:^|[(,=&|?:])\s*\[[^\]]*\w[^\]]*\]\s*(?:\(|mutable|<)|\[[&=]\]/;

export const coAwaitArguments = {
  name: 'arguments of co_await',
  check(tree) {
    return tree.paths(CPP).flatMap((path) => {
      const { code } = tree.masked(path);
      return [...code.matchAll(/\bco_await\b/g)].flatMap((match) => {
        const from = match.index + match[0].length;
        const expression = code.slice(from, expressionEnd(code, from));
        if (!expression.includes('{') && !CAPTURES.test(expression)) return [];
        const text = 'braces or captures inside co_await arguments are banned, name the value';
        return [{ path, line: lineAt(code, match.index), text }];
      });
    });
  },
};

