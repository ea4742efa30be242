// What each kind of step does. A step gives back the subject of its checks, or nothing.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { valueAt, fillJson, fillText } from './values.mjs';
import { words } from './language.mjs';
import { makeFile } from './files.mjs';
import { World } from './world.mjs';

const WAIT_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 20;
const LARGEST_WALK = 10_000;

function numbered(text, n) {
  return text.replaceAll('{n}', String(n));
}

/** The words after the address: a JSON body and modifiers. */
function modifiers(world, list) {
  const found = { headers: {}, body: undefined, text: undefined, extra: {} };
  for (let at = 0; at < list.length; at += 1) {
    const word = list[at];
    const next = () => {
      at += 1;
      if (list[at] === undefined) throw new Error(`${word} needs a value`);
      return list[at];
    };
    const plain = () => fillText(next(), world.variables);
    const json = () => JSON.parse(fillJson(next(), world.variables));
    if (/^[{[$]/.test(word)) found.body = JSON.parse(fillJson(word, world.variables));
    else if (word === 'if-match') found.headers['if-match'] = `"${plain()}"`;
    else if (word === 'key') found.headers['idempotency-key'] = plain();
    else if (word === 'text') found.text = json();
    else if (word === 'base') found.extra.base = json();
    else if (word === 'reason') found.extra.reason = json();
    else if (word === 'dry-run') found.extra.dry_run = true;
    else if (word === 'header') addHeader(found.headers, json());
    else throw new Error(`a request has no "${word}"`);
  }
  return found;
}

function addHeader(headers, text) {
  const [, name, value] = /^([^:]+):\s*(.*)$/.exec(text);
  headers[name.toLowerCase()] = value;
}

async function request(world, method, address, list, wrap = (body) => body) {
  const { headers, body, text, extra } = modifiers(world, list);
  const path = fillText(address, world.variables);
  const value = wrap(body, extra);
  const sent = text ?? (value === undefined ? undefined : JSON.stringify(value));
  const type = sent === undefined ? {} : { 'content-type': 'application/json' };
  const asked = path.startsWith('//') ? path.slice(1) : `/api/v1${path}`;
  const whole = asked.replace(/[^\x21-\x7e]+/gu, encodeURIComponent);
  world.calls.push([method, whole.split('?')[0]]);
  const answer = await (await world.client()).send({
    method,
    path: whole,
    headers: { 'accept-language': world.language, ...type, ...headers },
    body: sent,
  });
  return World.subject(answer);
}

const withFields = (fields, extra) => ({ fields: fields ?? {}, ...extra });
const withExtra = (body, extra) => {
  if (body === undefined && Object.keys(extra).length === 0) return undefined;
  return { ...body, ...extra };
};

const VERBS = {
  create: (world, [object, ...rest]) =>
    request(world, 'POST', `/records/${object}`, rest, withFields),
  patch: (world, [object, id, ...rest]) =>
    request(world, 'PATCH', `/records/${object}/${id}`, rest, withFields),
  get: (world, [object, id, ...rest]) =>
    request(world, 'GET', `/records/${object}/${id}`, rest, withExtra),
  delete: (world, [object, id, ...rest]) =>
    request(world, 'DELETE', `/records/${object}/${id}`, rest, withExtra),
  restore: (world, [object, id, ...rest]) =>
    request(world, 'POST', `/records/${object}/${id}/restore`, rest, withExtra),
  history: (world, [object, id, ...rest]) =>
    request(world, 'GET', `/records/${object}/${id}/history`, rest, withExtra),
  query: (world, [object, ...rest]) =>
    request(world, 'POST', `/records/${object}/query`, rest, (body) => body ?? {}),
  walk,
  upload: (world, list) => upload(world, '/imports', list),
  attach: (world, list) => upload(world, '/attachments', list),
  wait,
  command: runCommand,
  grep,
  hear,
};

/** Follows the cursor to the end; the checks see all records at once. */
async function walk(world, [object, json = '{}']) {
  const body = JSON.parse(fillJson(json, world.variables));
  const records = [];
  let pages = 0;
  for (let after = null; records.length <= LARGEST_WALK;) {
    const page = after === null ? body.page : { ...body.page, after };
    const list = [JSON.stringify({ ...body, page })];
    const answer = await VERBS.query(world, [object, ...list]);
    pages += 1;
    if (answer.status !== 200) return answer;
    records.push(...answer.body.records);
    after = answer.body.page.next;
    if (!answer.body.page.has_more) break;
  }
  const distinct = new Set(records.map(({ id }) => id)).size;
  return { status: 200, header: {}, raw: '', body: { records, pages, distinct } };
}

async function upload(world, path, [name, ...rest]) {
  const file = world.files.get(name);
  if (!file) throw new Error(`the scenario has no file ${name}`);
  world.calls.push(['POST', `/api/v1${path}`]);
  const called = rest[0] === 'called' ? rest[1] : name;
  const shown = called.startsWith('"') ? JSON.parse(called) : called;
  return World.subject(await (await world.client()).upload(path, shown, file.content));
}

/** hear page: the next message of that socket; nothing comes: status 0. */
async function hear(world, [name]) {
  const raw = await (await world.socket(name)).hear();
  const body = raw === null ? null : JSON.parse(raw);
  return { status: raw === null ? 0 : 200, header: {}, raw: raw ?? '', body };
}

const ENDED = ['planned', 'done', 'failed', 'cancelled', 'reverted'];

/** wait import $x planned: asks until the state is reached or another end is. */
async function wait(world, [kind, id, state]) {
  const path = kind === 'import' ? `/imports/${id}` : `/jobs/${id}`;
  const until = Date.now() + WAIT_MILLISECONDS;
  const passing = new Set();
  for (;;) {
    const answer = await request(world, 'GET', path, []);
    const found = answer.body?.state;
    if (answer.status !== 200 || found === state) return answer;
    passing.add(found);
    const stuck = ENDED.includes(found) && !(found === 'planned' || (found === 'done' &&
      state === 'reverted'));
    if (stuck || Date.now() > until) {
      throw new Error(`${path} went ${[...passing].join(', ')} instead of ${state}: ${answer.raw}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
}

/** command import file:sales.csv …: the status is the program's own. */
async function runCommand(world, list) {
  const path = (_, name) => world.files.get(name)?.path ?? world.database.folder.file(name);
  const args = list.map((word) => fillText(/^"/.test(word) ? JSON.parse(word) : word,
    world.variables).replace(/file:([\w.-]+)/, path));
  const { status, stdout, stderr } = world.run(args);
  return { status, stdout, stderr, raw: stdout + stderr };
}

/** grep "王敏" …: the status is in how many places the server kept one of the texts in clear. */
function grep(world, list) {
  const kept = [Buffer.from(world.server.log), world.database.dump()];
  const own = new Set([...world.files.values()].map(({ path }) => path));
  for (const entry of readdirSync(world.database.folder.path, {
    recursive: true, withFileTypes: true,
  })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile() && !own.has(path)) kept.push(readFileSync(path));
  }
  const texts = list.map((word) => JSON.parse(fillJson(word, world.variables)));
  const holds = (bytes, text) => bytes.includes(text) ||
    bytes.includes(Buffer.from(text).toString('hex')) ||
    bytes.includes(JSON.stringify(text).slice(1, -1));
  const found = kept.filter((bytes) => texts.some((text) => holds(bytes, text))).length;
  return { status: found, header: {}, raw: String(found), body: null };
}

function repeated(value, count) {
  if (typeof value === 'string') return value.repeat(count);
  return Array.from({ length: count }, () => value).flat();
}

/** Steps that change the world and ask nothing. */
const SETTINGS = {
  as: (world, list) => { world.caller = list.join(' '); },
  in: (world, [language]) => { world.language = language; },
  let: (world, [name, , json, times, count]) => {
    const value = JSON.parse(fillJson(json, world.variables));
    world.variables[name.slice(1)] = times === 'times' ? repeated(value, Number(count)) : value;
  },
  file: (world, [name, ...options], step, scenario) => {
    world.addFile(name, makeFile(options, step.content, scenario.path));
  },
  restart: (world) => world.restart(),
  tell: async (world, [name, json]) => {
    (await world.socket(name)).send(JSON.parse(fillJson(json, world.variables)));
  },
};

export async function runStep(world, step, scenario, n) {
  const [verb, ...list] = words(numbered(step.order, n));
  if (verb in SETTINGS) {
    await SETTINGS[verb](world, list, step, scenario);
    return null;
  }
  if (verb in VERBS) return VERBS[verb](world, list);
  return request(world, verb, list[0], list.slice(1), withExtra);
}

export function save(world, { name, from }, subject) {
  world.variables[name] = from === null ? subject.body : valueAt(subject, from);
}
