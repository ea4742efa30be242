// The weekly check: what a visit has confirmed is not asked, single parts are ticked, the rest is
// unchanged in one tap; on the phone the same list. A marked change of sales gets its cause.

import assert from 'node:assert/strict';
import { Client } from '../support/client.mjs';
import { ADMIN_PASSWORD } from '../support/server.mjs';
import { PHONE, signIn } from './browser.mjs';
import { text } from './texts.mjs';

const zh = 'zh-CN';
const say = (key, values) => text(zh, key, values);
const PASSWORD = 'a-password-for-sales-5';
const ACCOUNTS = 20;

async function prepare(admin) {
  const person = await admin.create('user', { login: 'lily', name: '李莉', roles: ['kam'] });
  await admin.must('POST', `/users/${person}/password`, { password: PASSWORD });
  const accounts = [];
  for (let n = 1; n <= ACCOUNTS; n += 1) {
    accounts.push(await admin.create('account', {
      code: `C${n}`, name: `客户${String(n).padStart(2, '0')}`, owner: person, tier: 'key',
    }));
  }
  return { person, accounts };
}

const rowOf = (page, name) => page.getByRole('listitem').filter({ hasText: name });

/** From today to the list: one part is ticked and kept, the rest goes in one tap. */
async function checkAll(visitor, page) {
  await page.getByRole('link', { name: say('today.check_cards', { count: String(ACCOUNTS) }) })
    .click();
  await page.getByRole('heading', { name: say('dossier.checks'), exact: true }).waitFor();
  const first = rowOf(page, '客户01');
  await first.getByText(say('dossier.evidence.visit')).waitFor();
  assert.equal(await first.getByRole('checkbox').count(), 4, 'the visit has shown the people');
  await visitor.checkAccess('checks');
  await visitor.shot('checks');
  await first.getByRole('checkbox', { name: say('dossier.part.company') }).press('Space');
  await page.getByRole('button', { name: say('dossier.checks_ticked') }).click();
  await first.getByText(say('dossier.checks_by', { name: '李莉' })).waitFor();
  assert.equal(await first.getByRole('checkbox').count(), 3);
  await rowOf(page, '客户02').getByRole('button').click();
  await rowOf(page, '客户02').waitFor({ state: 'detached' });
}

async function finishOnPhone(visitor, page) {
  await page.goto('/checks');
  await rowOf(page, '客户03').waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
    'nothing is wider than the phone');
  await visitor.checkAccess('checks-phone');
  await visitor.shot('checks-phone');
  await page.getByRole('button', { name: say('dossier.checks_all') }).click();
  await page.getByText(say('dossier.checks_none')).waitFor();
}

/** Sales that fell by the month that ended last. */
async function fall(admin, account) {
  const order = await admin.create('order', { number: account, account, status: 'posted' });
  const now = new Date();
  const sold = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 4, 10));
  await admin.create('order_line', {
    order, account, ordered_on: sold.toISOString().slice(0, 10), quantity: '1',
    unit_price: '260000',
  });
  const { asked } = await admin.must('POST', '/dossier/causes', {});
  assert.equal(asked, 1);
}

/** From today: the dialog, a usual cause, save. */
async function sayWhy(visitor, page, shot) {
  await page.goto('/');
  await page.getByRole('button', { name: say('today.record_cause') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('100%').waitFor();
  await visitor.checkAccess(shot);
  await visitor.shot(shot);
  await dialog.getByRole('button', { name: say('dossier.cause.rival') }).click();
  await dialog.getByRole('button', { name: say('action.save') }).click();
  await page.getByText(say('dossier.causes_none')).waitFor();
}

/** The rule is said in words that follow what is set. */
async function setRule(visitor, page) {
  await page.goto('/settings');
  const percent = page.getByLabel(say('settings.watch.percent'));
  await percent.fill('40');
  await percent.blur();
  const words = say('settings.watch.words', { months: '3', percent: '40' });
  const rule = page.locator('form').filter({ hasText: words });
  await rule.waitFor();
  await rule.getByRole('button', { name: say('action.save') }).click();
  await page.getByRole('status').filter({ hasText: say('settings.saved') }).waitFor();
  await rule.scrollIntoViewIfNeeded();
  await visitor.checkAccess('sales-watch');
  await visitor.shot('sales-watch');
}

async function explain({ visitor, address, timeout }) {
  const admin = new Client(address, { login: 'admin', password: ADMIN_PASSWORD });
  const { accounts } = await prepare(admin);
  const phone = await visitor.open(address, { viewport: PHONE });
  phone.setDefaultTimeout(timeout);
  await fall(admin, accounts[0]);
  await signIn(phone, zh, 'lily', PASSWORD);
  await sayWhy(visitor, phone, 'cause-phone');
  const { records } = await admin.must('POST', '/records/task/query', {
    select: ['state', 'result'], where: { op: 'eq', field: 'kind', value: 'record_cause' },
  });
  assert.deepEqual(records.map(({ fields }) => fields), [
    { state: 'done', result: say('dossier.cause.rival') },
  ]);
  await fall(admin, accounts[1]);
  const page = await visitor.open(address);
  page.setDefaultTimeout(timeout);
  await signIn(page, zh, 'lily', PASSWORD);
  await page.goto('/causes');
  await rowOf(page, '客户02').getByText('100%').waitFor();
  await visitor.checkAccess('causes');
  await visitor.shot('causes');
  const settings = await visitor.open(address);
  settings.setDefaultTimeout(timeout);
  await signIn(settings, zh);
  await setRule(visitor, settings);
  admin.close();
}

async function walk({ visitor, address, timeout }) {
  const page = await visitor.open(address);
  page.setDefaultTimeout(timeout);
  const admin = new Client(address, { login: 'admin', password: ADMIN_PASSWORD });
  const { accounts } = await prepare(admin);
  const lily = new Client(address, { login: 'lily', password: PASSWORD });
  await lily.must('POST', '/dossier/reports', {
    account: accounts[0], kind: 'visit', outcome: '认可方案',
  });
  await signIn(page, zh, 'lily', PASSWORD);
  await page.goto('/');
  await checkAll(visitor, page);
  const phone = await visitor.open(address, { viewport: PHONE, colorScheme: 'dark' });
  phone.setDefaultTimeout(timeout);
  await signIn(phone, zh, 'lily', PASSWORD);
  await finishOnPhone(visitor, phone);
  lily.close();
  admin.close();
}

export const journeys = [
  {
    name: 'check', walk,
    title: 'check: twenty cards of the week, of which only what nothing confirms is asked [B3]',
  },
  {
    name: 'check-causes', walk: explain,
    title: 'check: why sales changed is said in three taps; the rule is set in words [B2]',
  },
];
