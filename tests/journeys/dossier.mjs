// The daily work around a visit: the day, the account as a whole, a report from the phone.

import assert from 'node:assert/strict';
import { command } from '../support/server.mjs';
import { call, PHONE, signIn } from './browser.mjs';
import { text } from './texts.mjs';

const zh = 'zh-CN';
const say = (key, values) => text(zh, key, values);
const MOST_TAPS = 6;
// One pixel.
const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhf' +
  'DwAChwGA60e6kgAAAABJRU5ErkJggg==';

function prepare(program, database) {
  const { status, stderr } = command(program, ['demo', '--database', database]);
  if (status !== 0) throw new Error(`linchpin demo ended with ${status}: ${stderr}`);
}

/** A visit of the administrator's own, today. */
async function plan(page) {
  const { body } = await call(page, 'GET', '/session');
  const found = await call(page, 'POST', '/records/account/query', {
    select: ['name'], where: { op: 'eq', field: 'tier', value: 'strategic' }, page: { limit: 1 },
  });
  const [account] = found.body.records;
  const made = await call(page, 'POST', '/records/visit', { fields: {
    account: account.id, subject: '选型沟通', our_people: [body.user.id],
    planned_at: new Date().toISOString(),
  } });
  assert.equal(made.status, 201);
  return { account, visit: made.body.id };
}

async function read(visitor, page, { account, visit }) {
  await page.goto('/');
  await page.getByRole('button', { name: say('today.dossier') }).first().click();
  await page.getByRole('heading', { name: account.fields.name, exact: true }).waitFor();
  await page.getByText(say('dossier.recent')).waitFor();
  const { body } = await call(page, 'GET', `/records/visit/${visit}`);
  assert.ok(body.fields.dossier_opened_at, 'the dossier was opened before the visit');
  await visitor.checkAccess('account');
  await visitor.shot('account');
  for (const tab of ['record.card', 'dossier.trading', 'dossier.timeline', 'dossier.service']) {
    await page.getByRole('tab', { name: say(tab), exact: true }).click();
    await page.getByRole('tabpanel').locator('table, ol, form, [class*=pair]').first().waitFor();
    await visitor.shot(`account-${tab.split('.')[1]}`);
  }
  await page.goto('/week');
  await page.getByText(say('dossier.candidates')).waitFor();
  await visitor.checkAccess('week');
  await visitor.shot('week');
}

/** Somebody worth a visit is dragged onto Wednesday, and taken back. */
async function planWeek(visitor, page) {
  const { body: session } = await call(page, 'GET', '/session');
  const name = '淮南水务';
  const made = await call(page, 'POST', '/records/account', {
    fields: { code: 'W1', name, city: '淮南', tier: 'strategic', owner: session.user.id },
  });
  assert.equal(made.status, 201);
  const { body: { from } } = await call(page, 'GET', '/dossier/week');
  const day = (at) => new Date(Date.parse(from) + at * 86_400_000).toISOString().slice(0, 10);
  await call(page, 'POST', '/records/shutdown', {
    fields: { account: made.body.id, starts_on: day(2), ends_on: day(3), reason: '年度检修' },
  });
  const saved = await call(page, 'PATCH', '/settings', { working_calendar: { days: [
    { from: day(4), until: day(4), kind: 'holiday', name: '中秋节' },
    { from: day(5), until: day(5), kind: 'working', name: '中秋节' },
  ] } });
  assert.equal(saved.status, 200);
  await page.goto('/week');
  const waiting = page.getByRole('listitem').filter({ hasText: name })
    .filter({ has: page.getByRole('combobox') });
  const wednesday = page.getByRole('region', { name: /^周三/ });
  await page.getByRole('region', { name: /^周五/ }).getByText(say('dossier.holiday')).waitFor();
  await page.getByRole('region', { name: /^周六/ }).getByText(say('dossier.make_up_day')).waitFor();
  await waiting.getByRole('combobox').click();
  const offered = await page.locator('.ant-select-item-option').allInnerTexts();
  assert.deepEqual(offered.map((text) => text.slice(0, 2)), ['周一', '周二', '周三', '周四', '周六']);
  await page.keyboard.press('Escape');
  await waiting.dragTo(wednesday);
  const visit = wednesday.getByRole('link', { name });
  await visit.waitFor();
  await wednesday.getByText(say('dossier.in_shutdown'), { exact: true }).waitFor();
  await waiting.getByText(say('dossier.in_plan')).waitFor();
  await visitor.checkAccess('week-planned');
  await visitor.shot('week-planned');
  await page.getByRole('button', { name: say('action.undo') }).click();
  await visit.waitFor({ state: 'detached' });
}

/** A file of the account is sent, seen, taken out and brought back. */
async function keepFile(visitor, page, { account }) {
  await page.goto(`/accounts/${account.id}?tab=files`);
  await page.locator('input[type=file]').setInputFiles({
    name: '铭牌.png', mimeType: 'image/png', buffer: Buffer.from(PICTURE, 'base64'),
  });
  const file = page.getByRole('link', { name: '铭牌.png' });
  await file.waitFor();
  await page.getByRole('button', { name: say('dossier.show_file', { name: '铭牌.png' }) }).click();
  await page.getByRole('dialog').getByRole('img', { name: '铭牌.png' }).waitFor();
  await page.keyboard.press('Escape');
  await visitor.checkAccess('files');
  await visitor.shot('account-files');
  await page.getByRole('button', { name: say('dossier.remove_file', { name: '铭牌.png' }) }).click();
  await page.getByText(say('dossier.no_files')).waitFor();
  await page.getByRole('button', { name: say('action.undo') }).click();
  await file.waitFor();
}

/** Who is where, and one's own visits in another calendar. */
async function lookAhead(visitor, page) {
  await page.goto('/itineraries');
  await page.getByText(say('dossier.trips_theirs')).waitFor();
  await visitor.checkAccess('itineraries');
  await visitor.shot('itineraries');
  await page.goto('/week');
  await page.getByRole('button', { name: say('dossier.calendar') }).click();
  await page.getByRole('button', { name: say('dossier.calendar_make') }).click();
  const address = await page.getByLabel(say('dossier.calendar_address')).inputValue();
  const calendar = await page.evaluate(async (link) => (await fetch(link)).text(), address);
  assert.match(calendar, /SUMMARY:.*选型沟通/);
  await visitor.checkAccess('calendar-feed');
  await visitor.shot('calendar-feed');
  await page.getByRole('button', { name: say('dossier.calendar_revoke') }).click();
  await page.getByText(say('dossier.calendar_none')).waitFor();
}

/** From the start page to a saved report: taps and fields are counted. */
async function report(visitor, page, { visit }) {
  let taps = 0;
  let fields = 0;
  const tap = async (target) => {
    taps += 1;
    await target.click();
  };
  const type = async (key, what) => {
    const field = page.getByLabel(say(key), { exact: true });
    await tap(field);
    fields += 1;
    await field.fill(what);
  };
  await page.goto('/');
  await page.getByText(say('today.my_day')).waitFor();
  await visitor.shot('today-phone');
  await tap(page.getByRole('link', { name: say('dossier.quick') }).last());
  await type('dossier.outcome', '认可方案');
  await type('dossier.next_step', '提交报价');
  await tap(page.getByRole('button', { name: say('dossier.in_two_weeks') }));
  fields += 1;
  await visitor.checkAccess('quick-phone');
  await visitor.shot('quick-phone');
  // What was typed outlives a lost network and a reload.
  await page.context().setOffline(true);
  await page.getByRole('button', { name: say('action.save'), exact: false }).click();
  await page.getByRole('alert').first().waitFor();
  await page.context().setOffline(false);
  visitor.problems = visitor.problems.filter((text) => !text.includes('ERR_INTERNET_DISCONNECTED'));
  await page.reload();
  const outcome = page.getByLabel(say('dossier.outcome'), { exact: true });
  assert.equal(await outcome.inputValue(), '认可方案');
  await tap(page.getByRole('button', { name: say('action.save'), exact: false }));
  await page.getByText(say('dossier.reported')).waitFor();
  const { body } = await call(page, 'GET', `/records/visit/${visit}`);
  assert.equal(body.fields.state, 'reported');
  assert.equal(body.fields.progress, '提交报价');
  assert.ok(taps <= MOST_TAPS, `${taps} taps`);
  assert.ok(fields <= 3, `${fields} fields`);
  console.log(`        report: ${taps} taps, ${fields} fields`);
}

/** A photo beside a report; billing details out of a text that somebody has sent. */
async function noteMore(visitor, page, { account }) {
  await page.goto(`/quick?account=${account.id}`);
  await page.getByLabel(say('dossier.outcome'), { exact: true }).fill('拍了铭牌');
  await page.getByLabel(say('dossier.photo')).setInputFiles({
    name: '铭牌二.png', mimeType: 'image/png', buffer: Buffer.from(PICTURE, 'base64'),
  });
  await page.getByRole('link', { name: '铭牌二.png' }).waitFor();
  await page.getByRole('button', { name: say('action.save') }).click();
  await page.getByText(say('dossier.reported')).waitFor();
  const visits = await call(page, 'POST', '/records/visit/query', {
    select: ['files'], where: { op: 'eq', field: 'outcome', value: '拍了铭牌' },
  });
  assert.equal(visits.body.records[0].fields.files.length, 1);
  await page.goto(`/quick?account=${account.id}&kind=paste`);
  await page.getByLabel(say('dossier.paste_here')).fill([
    '名称：上海申能电力有限公司', '税号：91310115MA1K3ABC12',
    '开户行及账号：中国工商银行上海张江支行 1001234567890123456',
  ].join('\n'));
  await visitor.checkAccess('quick-paste');
  await visitor.shot('quick-paste');
  await page.getByRole('button', { name: '新建开票信息' }).click();
  await page.getByRole('dialog').getByRole('button', { name: say('action.save') }).click();
  await page.getByText(say('record.created')).first().waitFor();
  const made = await call(page, 'POST', '/records/billing_profile/query', {
    select: ['account', 'tax_number', 'bank', 'bank_account'],
    where: { op: 'eq', field: 'title', value: '上海申能电力有限公司' },
  });
  assert.deepEqual(made.body.records.map(({ fields }) => fields), [{
    account: account.id, tax_number: '91310115MA1K3ABC12', bank: '中国工商银行上海张江支行',
    bank_account: '1001234567890123456',
  }]);
}

/** The cards of the day are read where there is no network, until they are checked in. */
async function takeAlong(visitor, page, { account }) {
  await page.goto('/');
  await page.getByRole('button', { name: say('today.take_cards') }).click();
  await page.getByRole('heading', { name: account.fields.name, exact: true }).waitFor();
  await visitor.checkAccess('pack-phone');
  await visitor.shot('pack-phone');
  const pack = page.url();
  const file = await page.evaluate(async (link) => {
    const answer = await fetch(link);
    return { type: answer.headers.get('content-type'), start: (await answer.text()).slice(0, 5) };
  }, await page.getByRole('link', { name: say('dossier.pack_file') }).getAttribute('href'));
  assert.deepEqual(file, { type: 'application/pdf', start: '%PDF-' });
  await page.getByRole('button', { name: say('dossier.pack_keep') }).click();
  await page.getByRole('button', { name: say('dossier.pack_is_kept') }).waitFor();
  await page.context().setOffline(true);
  await page.goto('/');
  await page.getByRole('heading', { name: account.fields.name, exact: true }).waitFor();
  await visitor.shot('pack-offline');
  await page.context().setOffline(false);
  await page.goto(pack);
  await page.getByRole('button', { name: say('dossier.pack_return') }).click();
  await page.getByText(say('dossier.packs_none')).waitFor();
  const kept = await page.evaluate(async () => {
    const store = await caches.open('kept-pages');
    return (await store.keys()).length;
  });
  assert.equal(kept, 0, 'what is checked in is not kept');
}

async function walk({ visitor, address, timeout }) {
  let page = await visitor.open(address);
  page.setDefaultTimeout(timeout);
  await signIn(page, zh);
  const planned = await plan(page);
  await read(visitor, page, planned);
  await planWeek(visitor, page);
  await keepFile(visitor, page, planned);
  await lookAhead(visitor, page);
  page = await visitor.open(address, { viewport: PHONE, colorScheme: 'dark' });
  page.setDefaultTimeout(timeout);
  await signIn(page, zh);
  await takeAlong(visitor, page, planned);
  await report(visitor, page, planned);
  await noteMore(visitor, page, planned);
  await page.goto(`/accounts/${planned.account.id}`);
  await page.getByText(say('dossier.recent')).waitFor();
  await visitor.checkAccess('account-phone');
  await visitor.shot('account-phone');
}

export const journeys = [
  {
    name: 'dossier', prepare, walk,
    title: 'dossier: day, account, cards to take along, report [B3] [B9] [B11] [B12] [B13] [H11]',
  },
];
