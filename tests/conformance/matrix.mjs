// Every operation of the OpenAPI document as every role of the product and as nobody, on one's own
// record, one of the team and one of another department: what may be done against matrix.txt.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '../support/client.mjs';
import { ADMIN_PASSWORD, root, Server } from '../support/server.mjs';
import { METHODS, Walk } from './walk.mjs';

const BASE = '/api/v1';
const NOBODY = 'nobody';
const TABLE = 'tests/conformance/matrix.txt';

const REFUSALS = { 401: '!', 403: '-', 404: '0' };
const DONE = '+';
const OF_RECORD = [
  '/records/{object}/{id}', '/dossier/accounts', '/visits/accounts', '/receivables/payments',
  '/contacts/meetings',
];
const ALSO_OF_RECORD = [
  'undo_change', 'check_cards', 'report_visit', 'open_dossier', 'merge_accounts', 'undo_merge',
  'take_pack', 'ask_for_owner', 'check_in',
];
// One's own cannot come about: the role may not make it.
const IMPOSSIBLE = '.';

/** Whose the thing is that an operation is called with. */
function standingsOf(path, operation) {
  const ofRecord = OF_RECORD.some((prefix) => path.startsWith(prefix)) ||
    ALSO_OF_RECORD.includes(operation.operationId);
  if (ofRecord) return ['own', 'team', 'other'];
  const ofMaker = /^\/(jobs|imports|exports|attachments|sessions|tokens|dossier\/packs)\/\{id\}/
    .test(path);
  return ofMaker ? ['own', 'other'] : ['any'];
}

class Matrix extends Walk {
  people = new Map();

  async prepare(roles) {
    const departments = [];
    for (const name of ['北区', '南区']) departments.push(await this.create('department', { name }));
    const [north, south] = departments;
    this.north = north;
    const stranger = await this.create('user', {
      login: 'stranger', name: 'stranger', department: south, roles: ['kam'],
    });
    for (const role of roles) {
      const id = await this.member(role, { login: role, department: north });
      const below = await this.create('user', {
        login: `${role}_below`, name: role, department: north, manager: id, roles: ['kam'],
      });
      const client = new Client(this.address, { login: role, password: ADMIN_PASSWORD });
      this.people.set(role, { client, owners: { own: id, team: below, other: stranger } });
    }
    this.people.set(NOBODY, { client: new Client(this.address), owners: { other: stranger } });
  }

  async member(role, fields) {
    const id = await this.create('user', { name: role, roles: [role], ...fields });
    await this.must('POST', `/users/${id}/password`, { password: ADMIN_PASSWORD });
    return id;
  }

  account() {
    this.made += 1;
    const owner = this.owners[this.standing] ?? this.owners.other;
    return this.create('account', { code: `MATRIX${this.made}`, name: '华北电力', owner });
  }

  async person() {
    if (this.role === NOBODY) return new Client(this.address);
    this.made += 1;
    const login = `person${this.made}`;
    await this.member(this.role, { login, department: this.north });
    return new Client(this.address, { login, password: ADMIN_PASSWORD });
  }

  async idFor(path, operation) {
    const made = standingsOf(path, operation).length === 2;
    if (made && this.standing === 'own') this.maker = this.caller;
    try {
      return await super.idFor(path, operation);
    } finally {
      this.maker = this.admin;
    }
  }

  async cell(role, standing, [method, path, operation]) {
    if (role === NOBODY && standing === 'own') return REFUSALS[401];
    const { client, owners } = this.people.get(role);
    Object.assign(this, { role, standing, owners, caller: client });
    try {
      const { status, raw } = await this.call(method, path, operation);
      if (status >= 500) throw new Error(`${status} ${raw}`);
      return REFUSALS[status] ?? DONE;
    } catch (error) {
      if (standing === 'own' && /: (403|404) /.test(error.message)) return IMPOSSIBLE;
      throw new Error(`${operation.operationId} ${standing} ${role}: ${error.message}`);
    }
  }

  close() {
    this.admin.close();
    for (const { client } of this.people.values()) client.close();
  }
}

/** {callers, cells: "operation standing" → what each caller gets}. */
function readTable() {
  const lines = readFileSync(join(root, TABLE), 'utf8').split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(/ +/));
  const callers = lines.filter(([name]) => name === 'caller').map(([, caller]) => caller);
  const rows = lines.filter(([name]) => name !== 'caller');
  return { callers, cells: new Map(rows.map(([name, standing, ...row]) =>
    [`${name} ${standing}`, row])) };
}

function printTable(callers, actual) {
  for (const caller of callers) console.log(`caller ${caller}`);
  for (const [key, row] of actual) {
    const [name, standing] = key.split(' ');
    console.log(`${name.padEnd(24)} ${standing.padEnd(5)} ${row.join(' ')}`);
  }
}

function differences(expected, callers, actual) {
  const known = callers.join() === expected.callers.join();
  const problems = known ? [] : [`${TABLE} is of ${expected.callers}, and there are ${callers}`];
  for (const [key, row] of actual) {
    const wanted = expected.cells.get(key);
    if (!wanted) problems.push(`${key} has no expectation in ${TABLE}`);
    row.forEach((cell, at) => {
      if (!wanted || cell === wanted[at]) return;
      problems.push(`${key}, ${callers[at]}: expected ${wanted[at]}, got ${cell}`);
    });
  }
  const gone = [...expected.cells.keys()].filter((key) => !actual.has(key));
  return [...problems, ...gone.map((key) => `${key} is expected in ${TABLE} and is not there`)];
}

async function compare(matrix, document, alone) {
  const user = await matrix.must('GET', '/meta/objects/user');
  const field = user.fields.find(({ api_name: name }) => name === 'roles');
  const roles = field.options.map(({ key }) => key);
  await matrix.prepare(roles);
  const callers = [...roles, NOBODY];
  const actual = new Map();
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const method of METHODS.filter((one) => one in operations)) {
      const operation = operations[method];
      for (const standing of standingsOf(path, operation)) {
        const row = [];
        for (const role of callers) {
          row.push(await matrix.cell(role, standing, [method, path, operation]));
        }
        actual.set(`${operation.operationId} ${standing}`, row);
      }
    }
  }
  if (alone) printTable(callers, actual);
  return differences(readTable(), callers, actual);
}

/** Who may do what against the table. */
export async function matrixProblems(program, database, { alone }) {
  const fresh = await database.fresh();
  const server = await new Server(program, fresh.url).start();
  const asking = new Client(server.address);
  const { body: document } = await asking.send({ method: 'GET', path: `${BASE}/openapi.json` });
  asking.close();
  const matrix = new Matrix(server.address, document);
  try {
    return await compare(matrix, document, alone);
  } catch (error) {
    return [error.message];
  } finally {
    matrix.close();
    await server.stop();
    fresh.remove();
  }
}
