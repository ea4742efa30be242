// Calls every operation of the OpenAPI document with the document's own example and compares the
// answer with the schema that the document gives it.

import { createHmac } from 'node:crypto';
import { Client } from '../support/client.mjs';
import { ADMIN_PASSWORD, Server } from '../support/server.mjs';
import { askedMakers } from './asked_walk.mjs';
import { dossierMakers, namingBody, NOT_SET_UP, withToken } from './dossier_walk.mjs';
import { formAnswer, formLink } from './forms_walk.mjs';
import { ownerBody, ownerMakers } from './owner_walk.mjs';
import { accountInPool, poolMakers } from './pool.mjs';
import { claimable, claimBody } from './receivables_walk.mjs';
import { faults } from './schema.mjs';

export const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const BASE = '/api/v1';
const NEW_PASSWORD = 'another-long-password-8';
const WAIT_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 20;
const WEEK_MILLISECONDS = 7 * 24 * 3_600_000;
const MOST_FAULTS = 5;
const PLAN = {
  object: 'account', mode: 'create',
  mapping: [{ column: 'code', field: 'code' }, { column: 'name', field: 'name' }],
};

// What depends on the moment: a job may be over before it can be cancelled.
const ALSO_RIGHT = { cancel_job: [409], cancel_import: [409], ...NOT_SET_UP };

// Whatever the version is.
const WANTED = { change_scoring_model: { 'if-match': '*' } };

const attach = (who) => who.upload('/attachments', 'note.txt', Buffer.from('甲'));
const PASSWORD = { current: ADMIN_PASSWORD };
const FACTOR = '/session/second-factor';
// What changes how one signs in is done by somebody who is there for nothing else.
const OF_A_PERSON = ['sign_out', 'change_password', 'begin_second_factor',
  'confirm_second_factor', 'remove_second_factor'];

/** What an authenticator app shows for this secret now (RFC 6238). */
function timeCode(secret) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((one) => letters.indexOf(one).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac('sha1', key).update(step).digest();
  const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

// The document itself.
const WITHOUT_EXAMPLE = ['openapi'];

export class Walk {
  constructor(address, document) {
    this.address = address;
    this.document = document;
    this.admin = new Client(address, { login: 'admin', password: ADMIN_PASSWORD });
    this.caller = this.admin; // who calls the operations
    this.maker = this.admin; // who makes what they are called with
    this.made = 0;
  }

  resolved(part, kind) {
    return part.$ref ? this.document.components[kind][part.$ref.split('/').pop()] : part;
  }

  async must(method, path, body) {
    const answer = await this.maker.json(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.raw}`);
    return answer.body;
  }

  async create(object, fields) {
    return (await this.must('POST', `/records/${object}`, { fields })).id;
  }

  account() {
    this.made += 1;
    return this.create('account', { code: `WALK${this.made}`, name: '华北电力' });
  }

  async deletedAccount() {
    const id = await this.account();
    return this.must('DELETE', `/records/account/${id}`).then(() => id);
  }

  user() {
    this.made += 1;
    return this.create('user', { login: `walk${this.made}`, name: '安娜' });
  }

  /** Somebody whose sessions may end. */
  async person() {
    const id = await this.user();
    await this.must('POST', `/users/${id}/password`, { password: ADMIN_PASSWORD });
    return new Client(this.address, { login: `walk${this.made}`, password: ADMIN_PASSWORD });
  }

  /** Somebody with the secret of an authenticator app. */
  async enrolled() {
    const id = await this.user();
    await this.must('POST', `/users/${id}/password`, { password: ADMIN_PASSWORD });
    const login = `walk${this.made}`;
    const client = new Client(this.address, { login, password: ADMIN_PASSWORD });
    await client.json('POST', FACTOR, PASSWORD);
    client.close();
    return id;
  }

  async wait(path, state) {
    const until = Date.now() + WAIT_MILLISECONDS;
    for (;;) {
      const body = await this.must('GET', path);
      if (body.state === state) return body.id;
      if (body.state === 'failed' || Date.now() > until) {
        throw new Error(`${path} is ${body.state} instead of ${state}`);
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
    }
  }

  async job() {
    return (await this.must('POST', '/exports', { object: 'account', format: 'csv' })).id;
  }

  async exported() {
    return this.wait(`/jobs/${await this.job()}`, 'done');
  }

  async upload(who) {
    this.made += 1;
    const content = Buffer.from(`code,name\nUP${this.made},甲\n,乙\n`);
    return who.upload('/imports', 'accounts.csv', content);
  }

  async uploaded(send = (who) => this.upload(who)) {
    const { status, raw, body } = await send(this.maker);
    if (status >= 300) throw new Error(`an upload: ${status} ${raw}`);
    return body.id;
  }

  async planned() {
    const { id } = await this.must('PUT', `/imports/${await this.uploaded()}/plan`, PLAN);
    return this.wait(`/imports/${id}`, 'planned');
  }

  async imported() {
    const { id } = await this.must('POST', `/imports/${await this.planned()}/run`);
    return this.wait(`/imports/${id}`, 'done');
  }

  async token() {
    return (await this.must('POST', '/tokens', { name: 'walk', scope: 'read' })).id;
  }

  /** A second session of whoever makes it. */
  async session() {
    const there = new Client(this.address, this.maker.credentials);
    try {
      const { body } = await there.json('GET', '/sessions');
      return body.sessions.find(({ current }) => current).id;
    } finally {
      there.close();
    }
  }

  /** The seq of a change that can be taken back. */
  async change() {
    const id = await this.account();
    const patch = { fields: { city: '北京' }, base: { city: null } };
    await this.must('PATCH', `/records/account/${id}`, patch);
    return (await this.must('GET', `/records/account/${id}/history`)).entries[0].seq;
  }

  model() {
    this.made += 1;
    return this.must('POST', '/identify/models', {
      name: `walk${this.made}`, criteria: [{ key: 'size', field: 'employees', weight: '1',
        bands: [{ points: '50' }] }], thresholds: [{ tier: 'base', from: '0' }],
    }).then((made) => made.id);
  }

  async publishedModel() {
    const id = await this.model();
    await this.must('POST', `/identify/models/${id}/publish`);
    return id;
  }

  async scoredAccount() {
    await this.publishedModel();
    return this.account();
  }

  /** Somebody who leaves, and whoever asks as the successor. */
  async handoverPlan() {
    const { user } = await this.must('GET', '/session');
    return { from: await this.user(), to: user.id, reason: '调岗' };
  }

  async handover(prepared = false) {
    const plan = await this.handoverPlan();
    const at = new Date(Date.now() + WEEK_MILLISECONDS).toISOString();
    return (await this.must('POST', '/handover', prepared ? { ...plan, execute_at: at } : plan)).id;
  }

  /** What stands for {id} in a path, by what the operation does with it. */
  async idFor(path, operation) {
    const makers = {
      restore_record: () => this.deletedAccount(),
      plan_import: () => this.uploaded(), cancel_import: () => this.uploaded(),
      run_import: () => this.planned(), import_errors: () => this.imported(),
      revert_import: () => this.imported(), export_file: () => this.exported(),
      roll_back_scoring_model: () => this.publishedModel(),
      explain_score: () => this.scoredAccount(), share_of_region: () => this.account(),
      retire_scoring_model: () => this.publishedModel(),
      ...askedMakers(this),
      ...dossierMakers(this), ...ownerMakers(this),
      take_second_factor: () => this.enrolled(),
      ...poolMakers(this),
      execute_handover: () => this.handover(true), cancel_handover: () => this.handover(true),
    };
    const kinds = {
      records: () => this.account(), users: () => this.user(), tokens: () => this.token(),
      sessions: () => this.session(), jobs: () => this.job(), imports: () => this.uploaded(),
      identify: () => this.model(), handover: () => this.handover(),
      dossier: () => this.account(), receivables: () => claimable(this),
      'form-links': () => formLink(this),
      attachments: () => this.uploaded(attach),
    };
    const make = makers[operation.operationId] ?? kinds[path.split('/')[1]];
    if (!make) throw new Error('nobody knows which {id} it takes');
    return make();
  }

  async ownObject(deleted = false) {
    this.made += 1;
    const name = `walked_${this.made}`;
    await this.must('POST', '/meta/objects', { api_name: name, label: { en: 'Walked' } });
    if (deleted) await this.must('DELETE', `/meta/objects/${name}`);
    return name;
  }

  async ownField(deleted = false) {
    this.made += 1;
    const name = `walked_${this.made}`;
    const fields = '/meta/objects/account/fields';
    await this.must('POST', fields, { api_name: name, type: 'text', label: { en: 'Walked' } });
    if (deleted) await this.must('DELETE', `${fields}/${name}`);
    return name;
  }

  /** Objects and fields of one's own where the standard ones will not do. */
  async namesFor({ operationId }) {
    const objects = {
      change_object: () => this.ownObject(), delete_object: () => this.ownObject(),
      restore_object: () => this.ownObject(true),
    };
    const object = operationId in objects ? await objects[operationId]() : 'account';
    const field = await (operationId === 'restore_field' ? this.ownField(true) : this.ownField());
    return { object, field };
  }

  async pathOf(path, operation) {
    const { object, field } = path.startsWith('/meta/objects')
      ? await this.namesFor(operation) : { object: 'account' };
    let filled = path.replace('{object}', object).replace('{field}', field);
    if (filled.includes('{id}')) filled = filled.replace('{id}', await this.idFor(path, operation));
    if (filled.includes('{account}')) {
      filled = filled.replace('{account}', await accountInPool(this, operation));
    }
    filled = await withToken(this, filled);
    if (filled.includes('{seq}')) filled = filled.replace('{seq}', await this.change());
    const open = /\{(\w+)\}/.exec(filled)?.[1];
    if (open) throw new Error(`nobody knows what {${open}} is`);
    const query = (operation.parameters ?? []).map((one) => this.resolved(one, 'parameters'))
      .filter((one) => one.in === 'query' && one.required)
      .map(({ name, example }) => `${name}=${encodeURIComponent(example)}`);
    return query.length === 0 ? filled : `${filled}?${query.join('&')}`;
  }

  /** The document's example; passwords it does not tell. */
  bodyOf(operation) {
    const own = {
      sign_in: { login: 'admin', password: ADMIN_PASSWORD },
      change_password: { current: ADMIN_PASSWORD, new: NEW_PASSWORD },
      set_password: { password: NEW_PASSWORD },
      begin_second_factor: PASSWORD, remove_second_factor: PASSWORD,
      plan_import: PLAN,
    };
    if (operation.operationId in own) return own[operation.operationId];
    const content = operation.requestBody?.content?.['application/json'];
    const example = content?.example ?? Object.values(content?.examples ?? {})[0]?.value;
    if (example === undefined && operation.requestBody?.required) {
      throw new Error('its body has no example');
    }
    return example;
  }

  async call(method, path, operation) {
    if (operation.operationId === 'upload_import') return this.upload(this.caller);
    if (operation.operationId === 'upload_attachment') return attach(this.caller);
    const whole = await this.pathOf(path, operation);
    let body = await namingBody(this, operation) ?? await ownerBody(this, operation)
      ?? await formAnswer(this, operation) ?? claimBody(operation) ?? this.bodyOf(operation);
    const root = operation.servers || this.document.paths[path].servers;
    const apart = OF_A_PERSON.includes(operation.operationId);
    const own = apart ? await this.person() : this.caller;
    if (['confirm_second_factor', 'remove_second_factor'].includes(operation.operationId)) {
      const begun = await own.json('POST', FACTOR, PASSWORD);
      if ('code' in body) body = { code: timeCode(begun.body?.secret ?? '') };
    }
    const sent = body === undefined ? {} : {
      headers: { 'content-type': 'application/json', ...WANTED[operation.operationId] },
      body: JSON.stringify(body),
    };
    const answer = await own.send({
      method: method.toUpperCase(), path: root ? whole : BASE + whole, ...sent,
    });
    if (own !== this.caller) own.close();
    return answer;
  }

  problemsOf(operation, answer) {
    const response = operation.responses[answer.status];
    if (ALSO_RIGHT[operation.operationId]?.includes(answer.status)) return [];
    const right = answer.status < 300 ||
      !Object.keys(operation.responses).some((status) => status.startsWith('2'));
    if (!response || !right) return [`answers ${answer.status}: ${answer.raw.slice(0, 300)}`];
    const type = (answer.headers['content-type'] ?? '').split(';')[0];
    const content = this.resolved(response, 'responses').content ?? {};
    if (Object.keys(content).length === 0) return answer.raw === '' ? [] : ['answers with a body'];
    if (!(type in content) && !('*/*' in content)) return [`answers as ${type}`];
    if (!/json/.test(type) || !(type in content)) return [];
    return faults(this.document, content[type].schema, answer.body).slice(0, MOST_FAULTS);
  }

  /** Examples are there for every JSON body, and fit its schema. */
  exampleProblems(operation) {
    const right = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
    const bodies = [['body', operation.requestBody], ...right];
    return bodies.flatMap(([name, part]) => {
      const content = part && this.resolved(part, 'responses').content?.['application/json'];
      if (!content || WITHOUT_EXAMPLE.includes(operation.operationId)) return [];
      const named = Object.values(content.examples ?? {});
      const examples = content.example === undefined
        ? named.map((one) => this.resolved(one, 'examples').value) : [content.example];
      const optional = name === 'body' && !part.required;
      if (examples.length === 0) return optional ? [] : [`${name} has no example`];
      return examples.flatMap((one) =>
        faults(this.document, content.schema, one, `${name} example`));
    });
  }

  async visit(method, path, operation) {
    const examples = this.exampleProblems(operation).slice(0, MOST_FAULTS);
    try {
      return [...examples, ...this.problemsOf(operation, await this.call(method, path, operation))];
    } catch (error) {
      return [...examples, error.message];
    }
  }
}

/** What is wrong with the operations and their examples. */
export async function walkProblems(program, database) {
  const fresh = await database.fresh();
  const server = await new Server(program, fresh.url).start();
  const asking = new Client(server.address);
  const { body: document } = await asking.send({ method: 'GET', path: `${BASE}/openapi.json` });
  asking.close();
  const walk = new Walk(server.address, document);
  const problems = [];
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const method of METHODS.filter((one) => one in operations)) {
      const found = await walk.visit(method, path, operations[method]);
      problems.push(...found.map((text) => `${method.toUpperCase()} ${path}: ${text}`));
    }
  }
  walk.admin.close();
  await server.stop();
  fresh.remove();
  return problems;
}
