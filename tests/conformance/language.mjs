// Reads scenario files into steps. README.md beside this file describes the language.

const SAVE = /^(.*?),?\s+save\s+\$(\w+)(?:\s*=\s*(\S+))?$/;
const ARROW = ' -> ';
const FIRST_WORDS = [
  'as', 'in', 'let', 'file', 'upload', 'attach', 'wait', 'command', 'restart', 'walk', 'create',
  'patch', 'get', 'delete', 'restore', 'history', 'query', 'grep',
  'tell', 'hear', 'POST', 'GET', 'PUT', 'PATCH',
  'DELETE', 'HEAD', 'OPTIONS',
];

export class ScenarioError extends Error {
  constructor(place, message) {
    super(`${place}: ${message}`);
  }
}

/** text → [{title, path, line, steps: [{line, text, times, checks, content}]}] */
export function parseScenarios(path, text) {
  const scenarios = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const place = `${path}:${at + 1}`;
    const line = lines[at].replace(/\s+$/, '');
    if (line === '' || /^\s*#/.test(line)) continue;
    const title = /^scenario:\s*(.+)$/.exec(line);
    if (title) {
      scenarios.push({ title: title[1], path, line: at + 1, steps: [] });
      continue;
    }
    const scenario = scenarios.at(-1);
    if (!scenario) throw new ScenarioError(place, 'a step before the first scenario');
    if (line.startsWith('| ') || line === '|') {
      lastStep(scenario, place).content.push(line.slice(2));
      continue;
    }
    const joined = joinedLine(lines, at, place);
    if (/^\s/.test(line)) lastStep(scenario, place).checks.push(parseCheck(place, joined.text));
    else scenario.steps.push(parseStep(place, joined.text, at + 1));
    at = joined.last;
  }
  return scenarios;
}

function lastStep(scenario, place) {
  const step = scenario.steps.at(-1);
  if (!step) throw new ScenarioError(place, 'nothing to check before the first step');
  return step;
}

/** JSON may go on over several lines until its brackets close. */
function joinedLine(lines, first, place) {
  let text = lines[first].trim();
  let last = first;
  while (openBrackets(text) > 0) {
    last += 1;
    if (last >= lines.length || /^scenario:/.test(lines[last])) {
      throw new ScenarioError(place, 'a bracket is not closed');
    }
    text += ` ${lines[last].trim()}`;
  }
  return { text, last };
}

function openBrackets(text) {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    if (quoted && text[at] === '\\') at += 1;
    else if (text[at] === '"') quoted = !quoted;
    else if (!quoted && '{['.includes(text[at])) depth += 1;
    else if (!quoted && '}]'.includes(text[at])) depth -= 1;
  }
  return depth;
}

function parseStep(place, text, line) {
  const repeat = /^repeat (\d+) (.*)$/.exec(text);
  const body = repeat ? repeat[2] : text;
  if (!FIRST_WORDS.includes(body.split(' ')[0])) {
    throw new ScenarioError(place, `no step begins with "${body.split(' ')[0]}"`);
  }
  const arrow = lastArrow(body);
  const step = {
    line, text, times: repeat ? Number(repeat[1]) : 1, content: [], checks: [], expect: null,
    order: arrow === -1 ? body : body.slice(0, arrow),
  };
  if (arrow !== -1) step.expect = parseExpectation(place, body.slice(arrow + ARROW.length));
  return step;
}

/** The arrow outside of quotes. */
function lastArrow(text) {
  const at = text.lastIndexOf(ARROW);
  return at !== -1 && openQuotes(text.slice(0, at)) ? -1 : at;
}

function openQuotes(text) {
  return (text.replace(/\\./g, '').match(/"/g) ?? []).length % 2 === 1;
}

/** "412 version_conflict, save $x = body.id" */
function parseExpectation(place, text) {
  const saves = [];
  let rest = text.trim();
  for (let match = SAVE.exec(rest); match; match = SAVE.exec(rest)) {
    saves.unshift({ name: match[2], from: match[3] ?? null });
    rest = match[1];
  }
  const match = /^(-?\d+)(?:\s+([a-z_]+))?,?$/.exec(rest.trim());
  if (!match) throw new ScenarioError(place, `not an expectation: ${text}`);
  return { status: Number(match[1]), code: match[2] ?? null, saves };
}

const OPERATORS = '=|!=|<=|>=|<|>|~|contains|includes|matches|has length|is';
const CHECK = new RegExp(`^(\\S+?(?:\\["[^"]+"\\]\\S*?)*)\\s+(${OPERATORS})\\s+(.+)$`);

function parseCheck(place, text) {
  const match = CHECK.exec(text);
  if (!match) throw new ScenarioError(place, `not a check: ${text}`);
  return { place, text, path: match[1], operator: match[2], value: match[3] };
}

/** Words of an order; what is in brackets or quotes stays together. */
export function words(text) {
  const found = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === ' ') {
      at += 1;
      continue;
    }
    let end = at;
    while (end < text.length && (text[end] !== ' ' || isOpen(text.slice(at, end)))) end += 1;
    found.push(text.slice(at, end));
    at = end;
  }
  return found;
}

function isOpen(text) {
  return openQuotes(text) || openBrackets(text) > 0;
}
