// The card of an account: what its sector asks for, its annual reports, what its people are given,
// whose it is; and arriving at a visit.

import assert from 'node:assert/strict';
import { Client } from '../support/client.mjs';
import { ADMIN_PASSWORD } from '../support/server.mjs';
import { call, choose, DESKTOP, PHONE, signIn } from './browser.mjs';
import { text } from './texts.mjs';

const zh = 'zh-CN';
const say = (key, values) => text(zh, key, values);
const OFFICE = { latitude: 39.90421, longitude: 116.40739, accuracy: 35 };

/** A bank of Lily's, one of its people and two visits today. */
async function customer(address) {
  const admin = new Client(address, { login: 'admin', password: ADMIN_PASSWORD });
  const person = async (login, name) => {
    const id = await admin.create('user', { login, name, roles: ['kam'] });
    await admin.must('POST', `/users/${id}/password`, { password: ADMIN_PASSWORD });
    return id;
  };
  const lily = await person('lily', '李莉');
  await person('wei', '魏强');
  const account = await admin.create('account', {
    code: 'B1', name: '江城银行', sector: 'finance', ownership_type: 'private', owner: lily,
  });
  await admin.create('contact', { account, name: '陈行长', layer: 'deciding' });
  const visits = [];
  for (const subject of ['选型沟通', '合同沟通']) {
    visits.push(await admin.create('visit', {
      account, subject, our_people: [lily], planned_at: new Date().toISOString(),
    }));
  }
  admin.close();
  return { account, visits };
}

/** The card asks a bank for one thing and a shop for another; the rest is folded. */
async function followSector(visitor, page, { account }) {
  await page.goto(`/accounts/${account}?tab=card`);
  const card = page.getByRole('tabpanel');
  await card.getByRole('heading', { name: say('card.section.bank') }).waitFor();
  await card.getByText('网点数量').waitFor();
  assert.equal(await card.getByText('门店数量').isVisible(), false);
  await visitor.checkAccess('account-card-bank');
  await visitor.shot('account-card-bank');
  await card.getByRole('button', { name: say('record.edit', { field: '行业大类' }) }).click();
  await choose(page, card.getByRole('combobox'), '商贸');
  const save = card.getByRole('button', { name: say('action.save') });
  if (await save.isVisible()) await save.click();
  await card.getByRole('heading', { name: say('card.section.commerce') }).waitFor();
  await card.getByText('门店数量').waitFor();
  assert.equal(await card.getByText('网点数量').isVisible(), false);
  await card.locator('summary').click();
  await card.getByText('网点数量').waitFor();
  await visitor.shot('account-card-commerce');
}

/** A new account is asked for what its sector has as soon as that is chosen. */
async function newAccount(visitor, page) {
  await page.goto('/accounts?new=1');
  const form = page.getByRole('dialog');
  await form.getByLabel('客户名称').fill('通江电信');
  await choose(page, form.getByLabel('行业大类'), '电信');
  await form.getByText(say('card.section.operator')).waitFor();
  await form.getByLabel('用户数', { exact: true }).fill('1200000');
  await visitor.checkAccess('account-new');
  await visitor.shot('account-new');
  await form.getByRole('button', { name: say('action.save') }).click();
  await page.getByText(say('record.created')).first().waitFor();
  const found = await call(page, 'POST', '/records/account/query', {
    select: ['sector', 'subscribers'], where: { op: 'eq', field: 'name', value: '通江电信' },
  });
  assert.deepEqual(found.body.records[0].fields, { sector: 'telecom', subscribers: 1_200_000 });
}

/** A report is added, a value is noted with its page and taken over into the card. */
async function annualReport(visitor, page, { account }) {
  await page.goto(`/accounts/${account}?tab=registry`);
  await page.getByRole('button', { name: say('dossier.report_add') }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('年度').fill('2025');
  await form.locator('input[type=file]').setInputFiles({
    name: '年报.txt', mimeType: 'text/plain', buffer: Buffer.from('员工 500 人'),
  });
  await form.getByText('年报.txt').waitFor();
  await form.getByRole('button', { name: say('action.save') }).click();
  await page.getByRole('button', { name: say('dossier.report_note') }).click();
  const noting = page.getByRole('dialog');
  await choose(page, noting.getByLabel(say('dossier.report_field')), '员工人数');
  await noting.getByLabel(say('dossier.report_value')).fill('500');
  await noting.getByLabel(say('dossier.report_page')).fill('3');
  await noting.getByRole('button', { name: say('action.save') }).click();
  await page.getByText(say('dossier.report_theirs')).first().waitFor();
  await visitor.checkAccess('account-report');
  await visitor.shot('account-report');
}

/** A gift within the limit is noted; the sum of the person is seen at once. */
async function gift(visitor, page, { account }) {
  await page.goto(`/accounts/${account}?tab=people`);
  await page.getByRole('button', { name: say('dossier.gift_new') }).click();
  await choose(page, page.locator('#gift-contact'), '陈行长');
  await page.getByLabel('事由').fill('中秋节');
  await page.getByLabel('价值').fill('200');
  await page.getByRole('button', { name: say('action.save') }).click();
  await page.getByText(say('dossier.gift_noted')).first().waitFor();
  await page.getByRole('cell', { name: '中秋节' }).waitFor();
  await visitor.checkAccess('account-gifts');
  await visitor.shot('account-gifts');
}

/** Somebody else shall own the account: it is asked for with a reason, and decided on. */
async function ownerRequest(visitor, page, { account }) {
  await page.goto(`/accounts/${account}?tab=access`);
  await page.getByRole('button', { name: say('dossier.owner_ask') }).click();
  await choose(page, page.locator('#owner-to'), '魏强');
  await page.getByLabel(say('dossier.owner_reason'), { exact: true }).fill('区域调整');
  await page.getByRole('button', { name: say('dossier.owner_send') }).click();
  await page.getByText(say('dossier.owner_from_to', { from: '李莉', to: '魏强' })).waitFor();
  await visitor.checkAccess('account-owner');
  await visitor.shot('account-owner');
  await page.getByRole('button', { name: say('dossier.owner_withdraw') }).click();
  await page.getByText(say('dossier.owner_withdrawn')).first().waitFor();
}

/** Managers are asked to check in from now on. */
async function askForCheckIn(visitor, page) {
  await page.goto('/settings');
  await choose(page, page.getByLabel(say('settings.check_in.roles')), '大客户经理');
  await page.getByText(say('settings.saved')).first().waitFor();
  await page.keyboard.press('Escape');
  await visitor.checkAccess('settings-check-in');
  await visitor.shot('settings-check-in');
}

/** On the phone: one tap where the browser may say where it is, plain words where it may not. */
async function arrive(visitor, page, { visits: [first, second] }) {
  const button = page.getByRole('button', { name: say('check_in.tap') });
  await page.goto(`/quick?visit=${second}`);
  await page.context().clearPermissions();
  await button.click();
  await page.getByText(say('check_in.no_position')).waitFor();
  await visitor.shot('check-in-refused');
  await page.getByLabel(say('dossier.outcome'), { exact: true }).fill('认可方案');
  await page.getByRole('button', { name: say('action.save') }).click();
  await page.getByText(say('dossier.reported')).waitFor();
  await page.context().grantPermissions(['geolocation']);
  await page.context().setGeolocation(OFFICE);
  await page.goto('/');
  await button.waitFor();
  await visitor.checkAccess('check-in');
  await visitor.shot('check-in');
  await button.click();
  await page.getByText(say('check_in.done'), { exact: true }).waitFor();
  await button.waitFor({ state: 'detached' });
  const opened = `/records/visit/${first}?select=check_in_position&purpose=check`;
  const { body } = await call(page, 'GET', opened);
  assert.equal(body.fields.check_in_position, '39.904, 116.407 ±35 m');
  await visitor.shot('check-in-done');
}

/** What somebody pins is there in another browser too. */
async function pin(visitor, page, address, timeout) {
  await page.goto('/');
  await page.getByRole('button', { name: say('nav.pin') }).click();
  await choose(page, page.locator('#pins'), '产品');
  const entry = (where) => where.getByRole('navigation').first().getByRole('link', { name: '产品' });
  await entry(page).waitFor();
  const elsewhere = await visitor.another(address);
  const other = await elsewhere.newPage();
  other.setDefaultTimeout(timeout);
  await signIn(other, zh, 'lily');
  await entry(other).waitFor();
  await elsewhere.close();
}

async function walk({ visitor, address, timeout }) {
  const open = async (options, login, language = zh) => {
    const page = await visitor.open(address, options);
    page.setDefaultTimeout(timeout);
    await signIn(page, language, login);
    return page;
  };
  let page = await open({ viewport: DESKTOP }, 'admin');
  const made = await customer(address);
  await followSector(visitor, page, made);
  await newAccount(visitor, page);
  await annualReport(visitor, page, made);
  await gift(visitor, page, made);
  await ownerRequest(visitor, page, made);
  await askForCheckIn(visitor, page);
  page = await open({ viewport: DESKTOP }, 'lily');
  await pin(visitor, page, address, timeout);
  page = await open({ viewport: PHONE, colorScheme: 'dark' }, 'lily');
  await arrive(visitor, page, made);
  await page.goto(`/accounts/${made.account}?tab=card`);
  await page.getByRole('heading', { name: say('card.section.commerce') }).waitFor();
  await visitor.checkAccess('account-card-phone');
  await visitor.shot('account-card-phone');
}

export const journeys = [
  {
    name: 'account_card', walk,
    title: 'account card: sector, annual report, gift, owner, check-in, pins [B1] [B9] [H4]',
  },
];
