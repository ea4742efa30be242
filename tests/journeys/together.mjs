// People at one table see where the others are, as far as they may; a form is opened to strangers.

import assert from 'node:assert/strict';
import { Client } from '../support/client.mjs';
import { ADMIN_PASSWORD, command } from '../support/server.mjs';
import { PHONE, signIn } from './browser.mjs';
import { text } from './texts.mjs';

const zh = 'zh-CN';
const say = (key, values) => text(zh, key, values);
const PASSWORD = 'a-password-for-sales-5';
// Who is quicker than the server allows is taken for a machine.
const FILLING_MILLISECONDS = 2_000;

const cell = (page, line, column) => page.locator(`#cell-${line}-${column}`);
const button = (page, key) => page.getByRole('button', { name: say(key), exact: true });

function prepare(program, database) {
  const { status, stderr } = command(program, ['demo', '--database', database]);
  if (status !== 0) throw new Error(`linchpin demo ended with ${status}: ${stderr}`);
}

/** Somebody who sees one account, and all users. */
async function makePerson(admin) {
  const own = { create: true, read: 'own', update: 'own' };
  const role = await admin.create('role', {
    name: '只看自己的',
    rights: {
      objects: {
        '*': { read: 'own' }, account: own, user: { read: 'all' }, department: { read: 'all' },
      },
    },
  });
  const person = await admin.create('user', {
    login: 'limited', name: '林静', roles: [], own_roles: [role],
  });
  await admin.must('POST', `/users/${person}/password`, { password: PASSWORD });
  return admin.create('account', { name: '唯一看得见的客户', code: 'ONLY1', owner: person });
}

/** What the browser is told of other people. */
function listenToPeople(page) {
  const heard = [];
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const message = JSON.parse(String(payload));
      if (message.type === 'presence') heard.push(...message.people);
    });
  });
  return heard;
}

const placeOf = (page, words) => page.getByRole('grid').getByText(words, { exact: true });

async function meet(visitor, admin, address, timeout) {
  const own = await makePerson(admin);
  const { user } = await admin.must('GET', '/session');
  const page = await visitor.open(address);
  const context = await visitor.another(address);
  const other = await context.newPage();
  for (const one of [page, other]) one.setDefaultTimeout(timeout);
  const heard = listenToPeople(page);
  await signIn(page, zh, 'limited', PASSWORD);
  await signIn(other, zh);
  await page.goto('/records/account');
  await cell(page, 0, 0).filter({ hasText: '唯一看得见的客户' }).waitFor();
  await other.goto('/records/account?sort=-code');
  await cell(other, 1, 0).filter({ hasText: /./ }).waitFor();
  await page.getByRole('list', { name: say('presence.here', { names: user.name }) }).waitFor();
  await cell(other, 3, 0).click();
  await cell(other, 2, 0).click();
  await other.getByRole('list', { name: say('presence.here', { names: '林静' }) }).waitFor();
  await other.goto(`/records/account?q=ONLY1`);
  await cell(other, 0, 0).filter({ hasText: '唯一看得见的客户' }).waitFor();
  await cell(other, 0, 0).click();
  await placeOf(page, user.name).waitFor();
  await other.keyboard.type('改');
  await placeOf(page, say('presence.edits', { name: user.name })).waitFor();
  await visitor.checkAccess('presence');
  await visitor.shot('presence');
  const told = heard.flatMap(({ record }) => (record === undefined ? [] : [record]));
  assert.deepEqual([...new Set(told)], [own], 'a record that one may not see was told of');
  await context.close();
  await page.getByRole('list', { name: /./ }).filter({ hasText: user.name }).waitFor({
    state: 'detached',
  });
}

const FORM = '/records/contact?kind=form&d='
  + encodeURIComponent(JSON.stringify({ fields: ['name', 'title', 'remarks'] }));

/** A saved form, and its address. */
async function openForm(page) {
  await page.goto(FORM);
  await button(page, 'view.save_as').click();
  await page.getByLabel(say('view.name')).fill('展会登记');
  await button(page, 'action.save').click();
  await page.getByRole('button', { name: '展会登记', pressed: true }).waitFor();
  await button(page, 'form.link').click();
  await page.getByLabel(say('form.intro')).fill('请留下您的联系方式');
  await button(page, 'form.make_link').click();
  const address = page.getByLabel(say('form.address'));
  await address.waitFor();
  return address.inputValue();
}

async function fillIn(visitor, url, timeout) {
  const { origin, pathname } = new URL(url);
  const stranger = await visitor.open(origin);
  stranger.setDefaultTimeout(timeout);
  await stranger.goto(pathname);
  await stranger.getByText('请留下您的联系方式').waitFor();
  await visitor.checkAccess('public form');
  await visitor.shot('public-form');
  await stranger.waitForTimeout(FILLING_MILLISECONDS);
  await button(stranger, 'form.submit').click();
  await stranger.getByRole('alert').first().waitFor();
  await stranger.getByLabel(/^姓名/).fill('展会来客');
  await button(stranger, 'form.submit').click();
  await stranger.getByText(say('form.done')).waitFor();
  await stranger.goto('/records/contact');
  await stranger.getByLabel(say('sign_in.login')).waitFor();
  return pathname;
}

async function publishForm(visitor, address, timeout) {
  const context = await visitor.another(address);
  const page = await context.newPage();
  page.setDefaultTimeout(timeout);
  await signIn(page, zh);
  const pathname = await fillIn(visitor, await openForm(page), timeout);
  await button(page, 'form.close_link').click();
  await button(page, 'form.make_link').waitFor();
  await page.goto('/records/contact?q=%E5%B1%95%E4%BC%9A%E6%9D%A5%E5%AE%A2');
  await cell(page, 0, 0).filter({ hasText: '展会来客' }).waitFor();
  const phone = await visitor.another(address, { viewport: PHONE, colorScheme: 'dark' });
  const stranger = await phone.newPage();
  await stranger.goto(pathname);
  await stranger.getByText(say('form.closed')).waitFor();
  await phone.close();
  await context.close();
}

async function walk({ visitor, address, timeout }) {
  const admin = new Client(address, { login: 'admin', password: ADMIN_PASSWORD });
  await meet(visitor, admin, address, timeout);
  await publishForm(visitor, address, timeout);
}

export const journeys = [
  {
    name: 'together', prepare, walk,
    title: 'tables: who is where, as far as one may know; a form for strangers [H2]',
  },
];
