// One's own account and what the auditor sees of it: sessions, the second factor, the audit log.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { command } from '../support/server.mjs';
import { PHONE, signIn } from './browser.mjs';
import { pattern, text } from './texts.mjs';

const zh = 'zh-CN';
const say = (key, values) => text(zh, key, values);
const PASSWORD = 'first-of-all-passwords-7';
const STEP_SECONDS = 30;

const button = (page, key, values) =>
  page.getByRole('button', { name: say(key, values), exact: true });

function prepare(program, database) {
  const { status, stderr } = command(program, ['demo', '--database', database]);
  if (status !== 0) throw new Error(`linchpin demo ended with ${status}: ${stderr}`);
}

/** What an authenticator app shows (RFC 6238). */
function codeOf(secret, step) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((one) => letters.indexOf(one).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((one) => parseInt(one, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', key).update(counter).digest();
  const at = mac[mac.length - 1] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const stepNow = () => Math.floor(Date.now() / 1000 / STEP_SECONDS);

/** Somewhere else, as the same person. */
async function signInElsewhere(address) {
  const answer = await fetch(`${address}/api/v1/session`, {
    method: 'POST', headers: { 'content-type': 'application/json', 'user-agent': 'elsewhere' },
    body: JSON.stringify({ login: 'admin', password: PASSWORD }),
  });
  assert.equal(answer.status, 200);
  return answer.headers.get('set-cookie').split(';')[0];
}

async function stillIn(address, cookie) {
  return (await fetch(`${address}/api/v1/session`, { headers: { cookie } })).status === 200;
}

async function endSessions(visitor, page, address) {
  const cookies = [await signInElsewhere(address), await signInElsewhere(address)];
  await page.goto('/me?tab=sessions');
  await page.getByText(say('me.this_session'), { exact: true }).waitFor();
  await visitor.checkAccess('me-sessions');
  await visitor.shot('me-sessions');
  await button(page, 'me.end').first().click();
  await page.getByText(say('me.session_ended')).first().waitFor();
  await button(page, 'me.end_others').click();
  await page.getByText(say('me.end_others_text')).waitFor();
  await button(page, 'me.end_others').last().click();
  await button(page, 'me.end').waitFor({ state: 'detached' });
  for (const cookie of cookies) assert.equal(await stillIn(address, cookie), false);
}

async function turnOn(visitor, page) {
  await page.goto('/me?tab=factor');
  await page.getByLabel(say('password.current')).fill('not-my-password-1');
  await button(page, 'factor.begin').click();
  await page.getByRole('alert').first().waitFor();
  await page.getByLabel(say('password.current')).fill(PASSWORD);
  await button(page, 'factor.begin').click();
  await page.getByRole('img', { name: say('factor.picture') }).waitFor();
  const secret = (await page.locator('code').textContent()).replaceAll(' ', '');
  await visitor.checkAccess('factor-set-up');
  await visitor.shot('factor-set-up');
  await page.getByLabel(say('factor.code')).fill('000000');
  await button(page, 'factor.confirm').click();
  await page.getByRole('alert').first().waitFor();
  const step = stepNow();
  await page.getByLabel(say('factor.code')).fill(codeOf(secret, step));
  await button(page, 'factor.confirm').click();
  await button(page, 'factor.codes_kept').waitFor();
  const codes = await page.locator('li code').allTextContents();
  assert.ok(codes.length >= 8);
  await visitor.checkAccess('factor-codes');
  await button(page, 'factor.codes_kept').click();
  await page.getByText(say('factor.codes_left', { n: codes.length })).waitFor();
  return codes;
}

/** With a code for when the app is lost; then without a second factor again. */
async function comeBack(visitor, address, timeout, [code]) {
  const page = await visitor.open(address, { viewport: PHONE });
  page.setDefaultTimeout(timeout);
  await page.goto('/');
  await page.getByLabel(say('sign_in.login')).fill('admin');
  await page.getByLabel(say('sign_in.password')).fill(PASSWORD);
  await button(page, 'sign_in.submit').click();
  await page.getByLabel(say('sign_in.code')).fill(code);
  await visitor.checkAccess('sign-in-code-phone');
  await visitor.shot('sign-in-code-phone');
  await button(page, 'sign_in.submit').click();
  await page.getByRole('navigation').first().waitFor();
  await page.goto('/me?tab=factor');
  await page.getByText(pattern(zh, 'factor.codes_left')).waitFor();
  await visitor.checkAccess('factor-on-phone');
  await visitor.shot('factor-on-phone');
  await page.getByLabel(say('password.current')).fill(PASSWORD);
  await button(page, 'factor.turn_off').click();
  await page.getByText(say('factor.is_off')).waitFor();
  await page.getByText(say('factor.off'), { exact: true }).waitFor();
}

const entryOf = (page, key) => page.getByRole('listitem').filter({ hasText: say(key) });

async function audit(visitor, address, timeout) {
  const page = await visitor.open(address, { colorScheme: 'dark' });
  page.setDefaultTimeout(timeout);
  await signIn(page, zh);
  await page.getByRole('link', { name: say('audit.nav') }).click();
  await page.getByText(pattern(zh, 'audit.chain_end')).waitFor();
  await entryOf(page, 'audit.second_factor_changed').first().waitFor();
  await visitor.checkAccess('audit-dark');
  await visitor.shot('audit-dark');
  await page.goto('/audit?kind=session_ended');
  const ended = entryOf(page, 'audit.session_ended');
  await ended.first().getByRole('button').click();
  await page.getByText('127.0.0.1').first().waitFor();
  assert.match(page.url(), /entry=\d+/);
  await page.reload();
  await page.getByText('127.0.0.1').first().waitFor();
  await visitor.checkAccess('audit-entry');
  await page.goto('/audit?kind=log_begun&from=2000-01-01&to=2000-01-02');
  await button(page, 'list.clear').click();
  await entryOf(page, 'audit.sign_in').first().waitFor();
  await page.setViewportSize(PHONE);
  await visitor.checkAccess('audit-phone');
  await visitor.shot('audit-phone');
}

async function walk({ visitor, address, timeout }) {
  const page = await visitor.open(address);
  page.setDefaultTimeout(timeout);
  await signIn(page, zh);
  await endSessions(visitor, page, address);
  const codes = await turnOn(visitor, page);
  await comeBack(visitor, address, timeout, codes);
  await audit(visitor, address, timeout);
}

export const journeys = [
  {
    name: 'access-and-audit', prepare, walk,
    title: 'one\'s sessions, a second factor with recovery codes, and the audit log [H5 H12]',
  },
];
