// Signing in at a real OpenID Connect provider, in every step that a browser takes:
// node tests/oidc/run.mjs [--preset NAME] [--database NAME]

import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { writeFileSync } from 'node:fs';
import { databases } from '../conformance/databases.mjs';
import { Client } from '../support/client.mjs';
import { ADMIN_PASSWORD, binary, Server } from '../support/server.mjs';
import { Browser } from './browser.mjs';
import { CLIENT, IdentityProvider, SECRET } from './identity_provider.mjs';

const START = '/api/v1/session/oidc/start';
const CALLBACK = '/api/v1/session/oidc/callback';
const PEOPLE = {
  anna: { preferred_username: 'anna', name: '安娜', email: 'anna@example.com',
    email_verified: true },
  eve: { preferred_username: 'eve', name: 'Eve', email: 'anna@example.com' },
  admin: { preferred_username: 'nobody', name: 'x' },
};

/** Kinds of provider: each is walked on both databases. */
const KINDS = [
  { algorithm: 'RS256', inToken: true, authentication: 'client_secret_basic' },
  { algorithm: 'ES256', inToken: false, authentication: 'client_secret_post' },
  { algorithm: 'ES256', inToken: true, authentication: 'none' },
];

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address();
  await new Promise((resolve) => { server.close(resolve); });
  return port;
}

/** A provider, a server that knows it, and somebody called anna on it. */
class Stage {
  async open(program, database, kind, more = {}) {
    this.fresh = await database.fresh();
    this.provider = await new IdentityProvider().listen();
    const port = await freePort();
    const address = `http://127.0.0.1:${port}`;
    this.provider.begin({ ...kind, redirect: address + CALLBACK, people: PEOPLE });
    const secret = this.fresh.folder.file('client.secret');
    writeFileSync(secret, `${SECRET}\n`);
    const config = this.fresh.folder.file('linchpin.toml');
    const options = {
      port, 'public-url': address, 'oidc-issuer': this.provider.issuer, 'oidc-client-id': CLIENT,
      ...(kind.authentication !== 'none' && { 'oidc-client-secret-file': secret }), ...more,
    };
    const lines = Object.entries(options)
      .map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
    writeFileSync(config, `[serve]\n${lines.join('\n')}\n`);
    this.server = await new Server(program, this.fresh.url, [], ['--config', config]).start();
    this.address = this.server.address;
    this.admin = new Client(this.address, { login: 'admin', password: ADMIN_PASSWORD });
    const made = await this.admin.json('POST', '/records/user', {
      fields: { login: 'anna', name: '安娜', roles: ['kam'] },
    });
    assert.equal(made.status, 201, made.raw);
    this.anna = made.body.id;
    return this;
  }

  async close() {
    this.admin.close();
    await this.provider.close();
    assert.equal(await this.server.stop(), 0);
    this.fresh.remove();
  }

  /** As far as the address that the provider sends the browser back to. */
  async come(browser, login, next = '/accounts?view=mine') {
    const isBack = ({ href }) => href.startsWith(this.address);
    const start = `${this.address}${START}?next=${encodeURIComponent(next)}`;
    let answer = await browser.follow(start, undefined, isBack);
    while (answer.location === null) {
      assert.equal(answer.status, 200, answer.text);
      const action = /<form[^>]*action="([^"]+)"/.exec(answer.text)?.[1] ?? answer.url;
      const prompt = /name="prompt" value="(\w+)"/.exec(answer.text)?.[1];
      answer = await browser.follow(new URL(action, answer.url),
        { prompt, login, password: 'any' }, isBack);
    }
    return answer.location;
  }

  async session(browser) {
    const url = new URL('/api/v1/session', this.address);
    return (await fetch(url, { headers: { cookie: browser.cookiesFor(url) } })).json();
  }

  async audit(kind) {
    return (await this.admin.json('GET', `/audit?kind=${kind}`)).body.entries;
  }
}

const failedWith = (answer) => `${answer.status} ${answer.location?.pathname}` +
  `${answer.location?.search}`;
const expected = (reason) => `303 /sign-in?failed=${reason}`;

async function signsIn(stage) {
  const browser = new Browser();
  const back = await stage.come(browser, 'anna');
  const pending = browser.cookie(stage.address, 'linchpin_oidc');
  assert.ok(pending.length > 100);
  const done = await browser.ask(back);
  assert.equal(`${done.status} ${done.location.href}`, `303 ${stage.address}/accounts?view=mine`);
  const [cleared, cookie] = done.cookies;
  assert.match(cleared, /^linchpin_oidc=; Path=\/api\/v1\/session\/oidc; HttpOnly; .*Max-Age=0$/);
  assert.match(cookie,
    /^linchpin_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
  const session = await stage.session(browser);
  assert.equal(session.user.login, 'anna');
  assert.equal(session.user.administrator, false);
  const [entry] = await stage.audit('sign_in');
  assert.deepEqual(entry.details, { by: 'oidc' });
  for (const secret of [back.searchParams.get('code'), pending, SECRET]) {
    assert.ok(!stage.server.log.includes(secret), 'a secret in the log');
  }
  return { back, pending };
}

async function refusesWhatComesAgain(stage, { back, pending }) {
  const other = new Browser();
  assert.equal(failedWith(await other.ask(back)), expected('sign_in_expired'));
  other.jar.set(`${stage.address} linchpin_oidc`, { value: pending, path: '/' });
  assert.equal(failedWith(await other.ask(back)), expected('identity_not_proven'));
  assert.equal(other.cookie(stage.address, 'linchpin_session'), undefined);
  const [entry] = await stage.audit('sign_in_failed');
  assert.deepEqual(entry.details, { reason: 'identity_not_proven' });
}

async function refusesAnotherState(stage) {
  const browser = new Browser();
  const back = await stage.come(browser, 'anna');
  const stranger = new Browser();
  const planted = await stage.come(stranger, 'eve');
  assert.equal(failedWith(await browser.ask(planted)), expected('sign_in_expired'));
  assert.equal(browser.cookie(stage.address, 'linchpin_session'), undefined);
  assert.equal(failedWith(await browser.ask(back)), expected('sign_in_expired'));
}

async function refusesWhoIsNotKnown(stage) {
  const browser = new Browser();
  const back = await stage.come(browser, 'eve');
  assert.equal(failedWith(await browser.ask(back)), expected('unknown_person'));
  const found = await stage.admin.json('GET', '/records/user?login=eve');
  assert.equal(found.body.records.length, 0);
}

async function refusesWhoIsDisabled(stage) {
  const patch = (fields, base) =>
    stage.admin.json('PATCH', `/records/user/${stage.anna}`, { fields, base });
  assert.equal((await patch({ active: false }, { active: true })).status, 200);
  const browser = new Browser();
  assert.equal(failedWith(await browser.ask(await stage.come(browser, 'anna'))),
    expected('unknown_person'));
  assert.equal((await patch({ active: true }, { active: false })).status, 200);
}

async function tellsThatTheProviderRefused(stage) {
  const browser = new Browser();
  await browser.ask(`${stage.address}${START}`);
  const start = await browser.ask(browser.visited[0]);
  const given = start.location.searchParams.get('state');
  const back = `${stage.address}${CALLBACK}?error=access_denied&state=${given}`;
  assert.equal(failedWith(await browser.ask(back)), expected('provider_refused'));
}

async function staysOnThisSite(stage) {
  for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example', '/a\r\nb', '']) {
    const browser = new Browser();
    const done = await browser.ask(await stage.come(browser, 'anna', next));
    assert.equal(done.location.href, `${stage.address}/`);
  }
}

async function asksWithEverything(stage) {
  const { location } = await new Browser().ask(`${stage.address}${START}`);
  const asked = Object.fromEntries(location.searchParams);
  assert.equal(asked.code_challenge_method, 'S256');
  assert.equal(asked.response_type, 'code');
  for (const name of ['state', 'nonce', 'code_challenge']) assert.match(asked[name], /^[\w-]{43}$/);
  assert.equal(new Set([asked.state, asked.nonce, asked.code_challenge]).size, 3);
}

const REFUSALS_AND_MORE = [refusesAnotherState, refusesWhoIsNotKnown, refusesWhoIsDisabled,
  tellsThatTheProviderRefused, staysOnThisSite, asksWithEverything];

async function createsWhoIsNew(program, database) {
  const stage = await new Stage()
    .open(program, database, KINDS[0], { 'oidc-new-users': 'colleague' });
  const browser = new Browser();
  const done = await browser.ask(await stage.come(browser, 'eve'));
  assert.equal(done.location.href, `${stage.address}/accounts?view=mine`);
  const found = await stage.admin.json('GET', '/records/user?login=eve&select=name,roles');
  assert.deepEqual(found.body.records[0].fields, { name: 'Eve', roles: ['colleague'] });
  await stage.close();
}

async function believesVerifiedAddressesOnly(program, database) {
  const stage = await new Stage().open(program, database, KINDS[1], { 'oidc-claim': 'email' });
  await stage.admin.json('POST', '/records/user', {
    fields: { login: 'anna@example.com', name: '安娜' },
  });
  const thief = new Browser();
  assert.equal(failedWith(await thief.ask(await stage.come(thief, 'eve'))),
    expected('identity_not_proven'));
  const browser = new Browser();
  await browser.ask(await stage.come(browser, 'anna'));
  assert.equal((await stage.session(browser)).user.login, 'anna@example.com');
  await stage.close();
}

async function tellsThatTheProviderIsAway(program, database) {
  const stage = await new Stage().open(program, database, KINDS[0]);
  stage.provider.answer = (_, response) => { response.writeHead(500).end(); };
  assert.equal(failedWith(await new Browser().ask(`${stage.address}${START}`)),
    expected('provider_unusable'));
  stage.provider.answer = (_, response) => { response.writeHead(200).end('x'.repeat(300_000)); };
  assert.equal(failedWith(await new Browser().ask(`${stage.address}${START}`)),
    expected('service_answer_too_large'));
  const password = await new Client(stage.address, { login: 'admin', password: ADMIN_PASSWORD })
    .json('GET', '/session');
  assert.equal(password.status, 200);
  await stage.close();
}

async function believesNoForgedToken(program, database) {
  const stage = await new Stage().open(program, database, KINDS[0]);
  const right = stage.provider.handler;
  for (const forge of [(token) => `${token.slice(0, -6)}AAAAAA`, (token) =>
    `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]}.`]) {
    stage.provider.answer = (request, response) => {
      const { end } = response;
      response.end = (body, ...rest) => {
        if (request.url !== '/token') return end.call(response, body, ...rest);
        const told = JSON.parse(body);
        const forged = JSON.stringify({ ...told, id_token: forge(told.id_token) });
        response.setHeader('content-length', Buffer.byteLength(forged));
        return end.call(response, forged);
      };
      right(request, response);
    };
    const browser = new Browser();
    assert.equal(failedWith(await browser.ask(await stage.come(browser, 'anna'))),
      expected('identity_not_proven'));
  }
  await stage.close();
}

async function walkKind(program, database, kind) {
  const stage = await new Stage().open(program, database, kind);
  const seen = await signsIn(stage);
  await refusesWhatComesAgain(stage, seen);
  for (const one of REFUSALS_AND_MORE) await one(stage);
  await stage.close();
}

const CASES = [
  ...KINDS.map((kind) => [Object.values(kind).join(' '), (program, database) =>
    walkKind(program, database, kind)]),
  ...Object.entries({ createsWhoIsNew, believesVerifiedAddressesOnly, tellsThatTheProviderIsAway,
    believesNoForgedToken }),
];

function takeOption(args, name, otherwise) {
  const at = args.indexOf(`--${name}`);
  return at === -1 ? otherwise : args.splice(at, 2)[1];
}

async function main(args) {
  const program = binary(takeOption(args, 'preset', 'release'));
  const only = takeOption(args, 'database', '').toLowerCase();
  let passed = 0;
  let failed = 0;
  for (const database of databases(program)) {
    if (!database.name.toLowerCase().includes(only)) continue;
    for (const [name, run] of CASES) {
      try {
        await run(program, database);
        passed += 1;
      } catch (error) {
        failed += 1;
        console.log(`FAILED ${name} (${database.name})\n  ${error.stack}`);
      }
    }
    database.close();
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

process.exit(await main(process.argv.slice(2)));
