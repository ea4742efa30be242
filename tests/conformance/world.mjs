// What a scenario acts on: one server on a fresh database, the people who use it and their files.

import { writeFileSync } from 'node:fs';
import { Client } from '../support/client.mjs';
import { ADMIN_PASSWORD, command, Server } from '../support/server.mjs';
import { Socket } from '../support/socket.mjs';

const PEOPLE_PASSWORD = 'quiet-harbour-lights-31';

export class World {
  constructor(program, database) {
    this.program = program;
    this.database = database;
    this.server = new Server(program, database.url);
    this.variables = {};
    this.files = new Map();
    this.calls = []; // [method, path] of every request
    this.people = new Set(['admin']);
    this.clients = new Map();
    this.sockets = new Map();
    this.caller = 'nobody';
    this.language = 'en';
  }

  async start() {
    await this.server.start();
    this.variables.port = new URL(this.server.address).port;
    this.variables.password = PEOPLE_PASSWORD;
  }

  async restart() {
    await this.server.kill();
    this.sockets.clear();
    for (const client of this.clients.values()) client.close();
    this.clients.clear();
    this.server = await new Server(this.program, this.database.url).start();
  }

  /** The WebSocket of that name; whoever asks now opens it. */
  async socket(name) {
    if (!this.sockets.has(name)) {
      const who = await (await this.client()).identity();
      const headers = { 'accept-language': this.language, ...who };
      this.calls.push(['GET', '/api/v1/live']);
      this.sockets.set(name, await Socket.open(this.server.address, '/api/v1/live', headers));
    }
    return this.sockets.get(name);
  }

  async stop() {
    for (const socket of this.sockets.values()) socket.close();
    for (const client of this.clients.values()) client.close();
    const status = await this.server.stop();
    if (status !== 0) throw new Error(`the server ended with ${status}\n${this.server.log}`);
  }

  run(args) {
    const own = args.includes('--database') ? [] : ['--database', this.database.url];
    return command(this.program, [...args, ...own]);
  }

  ask(args) {
    const { status, stdout, stderr } = this.run(args);
    if (status !== 0) throw new Error(`linchpin ${args.join(' ')} ended with ${status}: ${stderr}`);
    return stdout.trim();
  }

  /** Ordinary users come into being when a scenario first names them. */
  async ensurePerson(name) {
    if (this.people.has(name)) return;
    const admin = this.clientFor('admin', { login: 'admin', password: ADMIN_PASSWORD });
    const made = await admin.json('POST', '/records/user', {
      fields: { login: name, name, roles: ['operations'] },
    });
    const path = `/users/${made.body?.id}/password`;
    const set = await admin.json('POST', path, { password: PEOPLE_PASSWORD });
    if (made.status !== 201 || set.status !== 204) {
      throw new Error(`the user ${name} could not be made: ${made.raw} ${set.raw}`);
    }
    this.people.add(name);
  }

  clientFor(caller, credentials) {
    if (!this.clients.has(caller)) {
      this.clients.set(caller, new Client(this.server.address, credentials));
    }
    return this.clients.get(caller);
  }

  /** The client of whoever asks now. */
  async client() {
    const { caller } = this;
    if (caller === 'nobody') return this.clientFor(caller, null);
    const token = /^token of (\w+)$/.exec(caller);
    await this.ensurePerson(token ? token[1] : caller);
    if (!token) {
      const password = caller === 'admin' ? ADMIN_PASSWORD : PEOPLE_PASSWORD;
      return this.clientFor(caller, { login: caller, password });
    }
    if (this.clients.has(caller)) return this.clients.get(caller);
    return this.clientFor(caller, { token: this.ask(['token', 'create', '--user', token[1]]) });
  }

  addFile(name, content) {
    const path = this.database.folder.file(name);
    writeFileSync(path, content);
    this.files.set(name, { path, content });
  }

  /** What checks look into, after an answer. */
  static subject({ status, headers, raw, body }) {
    return { status, header: headers, raw, body };
  }
}
