// Scoring: a model is built, its effect seen before it is in force, and a score explained.

import assert from 'node:assert/strict';
import { command } from '../support/server.mjs';
import { choose, PHONE, signIn } from './browser.mjs';
import { pattern, text } from './texts.mjs';

const zh = 'zh-CN';
const say = (key, values) => text(zh, key, values);
const NAME = '综合积分';
const APPROVER = { login: 'chen.guodong', name: '陈国栋', password: 'a-password-for-quality-5' };

const button = (page, key, values) =>
  page.getByRole('button', { name: say(key, values), exact: true });

function prepare(program, database) {
  const { status, stderr } = command(program, ['demo', '--database', database]);
  if (status !== 0) throw new Error(`linchpin demo ended with ${status}: ${stderr}`);
}

/** The figures of the preview once it shows what is drafted. */
async function effect(page) {
  await page.getByText(say('scoring.saved')).waitFor();
  await page.locator('[aria-busy="false"]').waitFor();
  return page.locator('[aria-busy="false"] table').innerText();
}

async function build(visitor, page) {
  await page.goto('/scoring');
  await button(page, 'scoring.create').click();
  await page.getByRole('alert').filter({ hasText: say('scoring.needs_name') }).waitFor();
  await page.getByLabel(say('scoring.name')).fill(NAME);
  await button(page, 'scoring.create').click();
  await page.getByRole('heading', { name: NAME, exact: true }).waitFor();
  const before = await effect(page);
  const top = page.getByLabel(say('scoring.tier_from', { tier: '战略客户' }));
  await top.fill('10');
  await page.getByText(say('scoring.not_saved')).waitFor();
  await page.getByRole('alert').first().waitFor();
  await page.reload();
  assert.equal(await top.inputValue(), '10');
  await top.fill('70');
  const after = await effect(page);
  assert.notEqual(after, before);
  const add = page.getByLabel(say('scoring.add'));
  await add.click({ force: true });
  await add.fill('企业性质');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '企业性质' }).waitFor();
  await effect(page);
  await visitor.checkAccess('scoring-model');
  await visitor.shot('scoring-model');
}

async function publish(page) {
  await button(page, 'scoring.publish').first().click();
  await page.getByText(say('scoring.publish_ask')).waitFor();
  await button(page, 'scoring.publish').last().click();
  await page.getByText(say('scoring.done')).waitFor();
  await effect(page);
  await page.getByText(say('scoring.no_movers')).waitFor();
}

/** What the page shows adds up. */
async function explain(visitor, page) {
  const id = await page.evaluate(async () => {
    const answer = await fetch('/api/v1/records/account/query', {
      method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        select: ['name'], where: { op: 'eq', field: 'tier', value: 'growth' }, page: { limit: 1 },
      }),
    });
    return (await answer.json()).records[0].id;
  });
  await page.goto(`/accounts/${id}`);
  await button(page, 'accounts.score').click();
  await page.getByRole('row').filter({ hasText: '企业性质' }).waitFor();
  const sums = await page.locator('tbody tr td:nth-child(5)').allTextContents();
  const total = await page.locator('tfoot td:nth-child(5)').textContent();
  const hundredths = sums.map((one) => Math.round(Number(one) * 100));
  assert.equal(hundredths.reduce((sum, one) => sum + one, 0), Math.round(Number(total) * 100));
  await page.getByText(pattern(zh, 'identify.region_market')).waitFor();
  await visitor.checkAccess('score');
  await visitor.shot('score');
}

/** What sectors are judged by, side by side; what the pool brings; and who has gone silent. */
async function compare(visitor, page) {
  await page.goto('/scoring/criteria');
  await page.getByRole('link', { name: pattern(zh, 'scoring.model_version') }).first().waitFor();
  await page.getByRole('rowheader', { name: '企业性质' }).waitFor();
  await visitor.checkAccess('scoring-criteria');
  await visitor.shot('scoring-criteria');
  await page.goto('/identify');
  await page.getByText(pattern(zh, 'identify.pool_missed')).first().waitFor();
  await page.getByText('80%', { exact: true }).click();
  await page.waitForURL(/yardstick=0\.8/);
  await page.goto('/identify/lifetime');
  await page.getByText(pattern(zh, 'lifetime.at_risk')).waitFor();
  await visitor.checkAccess('lifetime');
  await visitor.shot('lifetime');
  await page.getByText(say('lifetime.rfm'), { exact: true }).click();
  await page.getByText(pattern(zh, 'lifetime.grid')).waitFor();
  await visitor.checkAccess('rfm');
}

/** Lets the approver sign in, which no demo person can before. */
async function givePassword(page) {
  const status = await page.evaluate(async ({ name, password }) => {
    const { csrf_token: token } = await (await fetch('/api/v1/session')).json();
    const headers = { 'content-type': 'application/json', 'x-csrf-token': token };
    const send = (path, body) => fetch(`/api/v1${path}`, {
      method: 'POST', headers, body: JSON.stringify(body),
    });
    const found = await send('/records/user/query', {
      select: ['name'], where: { op: 'eq', field: 'name', value: name },
    });
    const { records } = await found.json();
    return (await send(`/users/${records[0].id}/password`, { password })).status;
  }, APPROVER);
  assert.equal(status, 204);
}

/** A tier against the points: asked for here, in force once its approver agrees. */
async function giveTier(visitor, page) {
  await button(page, 'scoring.give').click();
  await button(page, 'scoring.given_ask').click();
  for (const key of ['scoring.needs_tier', 'scoring.needs_reason', 'scoring.needs_approver']) {
    await page.getByRole('alert').filter({ hasText: say(key) }).waitFor();
  }
  await choose(page, page.getByLabel(say('scoring.tier'), { exact: true }), '战略客户');
  await choose(page, page.getByLabel(say('scoring.approver')), APPROVER.name);
  await page.getByLabel(say('scoring.reason'), { exact: true }).fill('已签三年框架协议');
  await page.reload();
  await page.getByText('已签三年框架协议').waitFor();
  await visitor.checkAccess('tier-given');
  await visitor.shot('tier-given');
  await button(page, 'scoring.given_ask').click();
  await page.getByText(say('scoring.given_waiting'), { exact: true }).waitFor();
  assert.equal(await button(page, 'scoring.given_agree').count(), 0);
}

async function agreeToTier(visitor, page, score) {
  await page.goto('/scoring');
  await page.getByText(say('scoring.given_for_you', { n: 1 })).waitFor();
  await visitor.checkAccess('tier-waiting');
  await visitor.shot('tier-waiting');
  await button(page, 'scoring.given_agree').click();
  await page.getByText(say('scoring.given_agreed')).waitFor();
  await page.goto(score);
  await page.getByText(say('scoring.given_now'), { exact: true }).waitFor();
  await page.getByText(say('scoring.overridden', { tier: '战略客户' })).waitFor();
}

async function walk({ visitor, address, timeout }) {
  let page = await visitor.open(address);
  page.setDefaultTimeout(timeout);
  await signIn(page, zh);
  await build(visitor, page);
  await publish(page);
  await explain(visitor, page);
  const address360 = page.url();
  await compare(visitor, page);
  await page.goto(address360);
  const score = new URL(page.url()).pathname;
  await giveTier(visitor, page);
  await givePassword(page);
  page = await visitor.open(address);
  page.setDefaultTimeout(timeout);
  await signIn(page, zh, APPROVER.login, APPROVER.password);
  await agreeToTier(visitor, page, score);
  page = await visitor.open(address, { viewport: PHONE, colorScheme: 'dark' });
  page.setDefaultTimeout(timeout);
  await signIn(page, zh);
  await page.goto('/scoring');
  await page.getByText(pattern(zh, 'scoring.version_at')).waitFor();
  await page.getByRole('link', { name: NAME }).click();
  await effect(page);
  await visitor.checkAccess('scoring-model-phone');
  await visitor.shot('scoring-model-phone');
  await page.goto(score);
  await page.getByRole('row').filter({ hasText: '企业性质' }).waitFor();
  await visitor.checkAccess('score-phone');
  await visitor.shot('score-phone');
}

export const journeys = [
  {
    name: 'scoring', prepare, walk,
    title: 'scoring: a model, what it would do, why an account has its score, a tier by hand [A4]',
  },
];
