// Values of a scenario: variables in JSON and in text, paths into answers, and the checks.

import { isDeepStrictEqual } from 'node:util';

const NAME = /^\$([a-z_]\w*)((?:\.\w+)*)/;

/** Replaces $name and $name.path; inside JSON quotes as text, outside as JSON. */
export function fillJson(text, variables) {
  return fill(text, (value, quoted) => {
    if (quoted) return typeof value === 'string' ? JSON.stringify(value).slice(1, -1) : value;
    return JSON.stringify(plainValue(value));
  }, variables);
}

/** Replaces $name in a path or a command. */
export function fillText(text, variables) {
  return fill(text, (value) => String(plainValue(value)), variables);
}

/** A saved record stands for its id. */
function plainValue(value) {
  return value !== null && typeof value === 'object' && 'id' in value ? value.id : value;
}

function fill(text, write, variables) {
  let output = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    if (quoted && text[at] === '\\') {
      output += text.slice(at, at + 2);
      at += 1;
      continue;
    }
    if (text[at] === '"') quoted = !quoted;
    const match = text[at] === '$' ? NAME.exec(text.slice(at)) : null;
    if (!match) {
      output += text[at];
      continue;
    }
    if (!(match[1] in variables)) throw new Error(`nothing was saved as $${match[1]}`);
    const value = match[2] === ''
      ? plainValue(variables[match[1]]) : valueAt(variables[match[1]], match[2].slice(1));
    output += write(value, quoted);
    at += match[0].length - 1;
  }
  return output;
}

/** a.b[0].c, a[*].b (every one), a["b.c"]; undefined where there is nothing. */
export function valueAt(root, path) {
  let values = [root];
  let many = false;
  for (const [, name, index, quoted] of path.matchAll(/([^.[\]]+)|\[(\d+|\*)\]|\["([^"]+)"\]/g)) {
    if (index === '*') {
      many = true;
      values = values.flatMap((value) => (Array.isArray(value) ? value : []));
    } else {
      values = values.map((value) => value?.[name ?? quoted ?? Number(index)]);
    }
  }
  return many ? values : values[0];
}

function compare(actual, expected) {
  const [left, right] = [Number(actual), Number(expected)];
  if (Number.isNaN(left) || Number.isNaN(right)) throw new Error('only numbers can be compared');
  return left - right;
}

/** Every part of `expected` stands in `actual`; lists must agree in length. */
function includesAll(actual, expected) {
  if (Array.isArray(expected)) {
    return Array.isArray(actual) && actual.length === expected.length &&
      expected.every((value, index) => includesAll(actual[index], value));
  }
  if (expected !== null && typeof expected === 'object') {
    return actual !== null && typeof actual === 'object' &&
      Object.entries(expected).every(([name, value]) => includesAll(actual[name], value));
  }
  return isDeepStrictEqual(actual, expected);
}

/** 0.6696 agrees with 0.669624: as many digits as were written count. */
function isAbout(actual, written) {
  const digits = (written.split('.')[1] ?? '').length;
  return Math.abs(Number(actual) - Number(written)) <= 0.5 * 10 ** -digits * (1 + 1e-9);
}

const KINDS = {
  present: (value) => value !== undefined && value !== null,
  absent: (value) => value === undefined,
  id: (value) => typeof value === 'string' && /^[0-9A-HJKMNP-TV-Z]{13}$/.test(value),
  time: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
};

const OPERATORS = {
  '=': (actual, json) => isDeepStrictEqual(actual, JSON.parse(json)),
  '!=': (actual, json) => !isDeepStrictEqual(actual, JSON.parse(json)),
  '<': (actual, json) => compare(actual, JSON.parse(json)) < 0,
  '<=': (actual, json) => compare(actual, JSON.parse(json)) <= 0,
  '>': (actual, json) => compare(actual, JSON.parse(json)) > 0,
  '>=': (actual, json) => compare(actual, JSON.parse(json)) >= 0,
  '~': (actual, written) => isAbout(actual, written),
  contains: (actual, json) => {
    const value = JSON.parse(json);
    if (typeof actual === 'string') return actual.includes(value);
    return Array.isArray(actual) && actual.some((item) => isDeepStrictEqual(item, value));
  },
  includes: (actual, json) => includesAll(actual, JSON.parse(json)),
  matches: (actual, json) =>
    typeof actual === 'string' && new RegExp(JSON.parse(json), 'u').test(actual),
  'has length': (actual, json) => actual?.length === Number(json),
  is: (actual, kind) => {
    if (!(kind in KINDS)) throw new Error(`nothing is "${kind}"`);
    return KINDS[kind](actual);
  },
};

/** null when the check holds, else what was found. */
export function failureOf(check, subject, variables) {
  const value = valueAt(subject, check.path);
  const expected = fillJson(check.value, variables);
  if (OPERATORS[check.operator](value, expected)) return null;
  return `${check.path} is ${JSON.stringify(value)}`;
}
