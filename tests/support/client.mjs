// A small HTTP client that shows answers byte for byte and signs in as a person does.

import { Agent, request } from 'node:http';

const ANSWER_MILLISECONDS = 120_000;

/** One request: {status, headers, raw, body}. `body` is parsed when the answer is JSON. */
export function send(address, { method, path, headers = {}, body, agent }) {
  return new Promise((resolve, reject) => {
    const url = new URL(address);
    // Node says it by itself only where a body is usual: not for DELETE.
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const options = {
      host: url.hostname, port: url.port, method, path, headers: { ...length, ...headers }, agent,
      timeout: ANSWER_MILLISECONDS,
    };
    const outgoing = request(options, (incoming) => {
      const parts = [];
      incoming.on('data', (part) => parts.push(part));
      incoming.on('error', reject);
      incoming.on('end', () => resolve(answerOf(incoming, Buffer.concat(parts))));
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer to ${method} ${path}`)));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function answerOf(incoming, bytes) {
  const raw = bytes.toString('utf8');
  const isJson = /json/.test(incoming.headers['content-type'] ?? '');
  let body;
  try {
    body = isJson && raw !== '' ? JSON.parse(raw) : undefined;
  } catch (error) {
    body = { unreadable: String(error) };
  }
  return { status: incoming.statusCode, headers: incoming.headers, raw, bytes, body };
}

export class Client {
  /** `credentials`: null (nobody), {token}, or {login, password} for a session. */
  constructor(address, credentials = null) {
    this.address = address;
    this.credentials = credentials;
    this.agent = new Agent({ keepAlive: true });
    this.signedIn = null;
  }

  async signIn() {
    const { login, password } = this.credentials;
    const answer = await send(this.address, {
      method: 'POST', path: '/api/v1/session', agent: this.agent,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    });
    if (answer.status !== 200 && answer.status !== 201) {
      throw new Error(`signing in as ${login} answered ${answer.status}: ${answer.raw}`);
    }
    const cookie = (answer.headers['set-cookie'] ?? []).map((text) => text.split(';')[0]);
    this.signedIn = { cookie: cookie.join('; '), 'x-csrf-token': answer.body.csrf_token };
  }

  /** Another connection in the same session. */
  another() {
    const other = new Client(this.address, this.credentials);
    other.signedIn = this.signedIn;
    return other;
  }

  /** What a request says about who asks. */
  async identity() {
    if (this.credentials?.token) return { authorization: `Bearer ${this.credentials.token}` };
    if (this.credentials?.login && this.signedIn === null) await this.signIn();
    return this.signedIn ?? {};
  }

  async send({ method, path, headers = {}, body }) {
    const own = await this.identity();
    return send(this.address, {
      method, path, body, agent: this.agent, headers: { ...own, ...headers },
    });
  }

  json(method, path, value, headers = {}) {
    return this.send({
      method, path: `/api/v1${path}`,
      headers: value === undefined ? headers : { 'content-type': 'application/json', ...headers },
      body: value === undefined ? undefined : JSON.stringify(value),
    });
  }

  /** The body of an answer that must be a good one. */
  async must(method, path, value) {
    const answer = await this.json(method, path, value);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.raw}`);
    return answer.body;
  }

  /** The id of a new record. */
  async create(object, fields) {
    return (await this.must('POST', `/records/${object}`, { fields })).id;
  }

  upload(path, fileName, content) {
    const boundary = 'linchpin-9e1c5a7d';
    const quoted = fileName.replace(/"/g, '%22');
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; ` +
      `filename="${quoted}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
    const body = Buffer.concat([
      Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    return this.send({
      method: 'POST', path: `/api/v1${path}`, body,
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    });
  }

  close() {
    this.agent.destroy();
  }
}
