// A colleague is mentioned: the news reaches his open page, leads to the discussion and is read;
// on the phone he says how he wants to be told.

import assert from 'node:assert/strict';
import { Client } from '../support/client.mjs';
import { ADMIN_PASSWORD } from '../support/server.mjs';
import { choose, PHONE, signIn } from './browser.mjs';
import { text } from './texts.mjs';

const zh = 'zh-CN';
const say = (key, values) => text(zh, key, values);
const PASSWORD = 'a-password-for-sales-5';
const ACCOUNT = '华北电力';

const unreadOn = (page, count) => page.getByRole('navigation')
  .getByLabel(say('dossier.unread', { count: String(count) })).filter({ visible: true });

async function mention(page, account, words) {
  await page.goto(`/accounts/${account}?tab=comments`);
  const box = page.getByLabel(say('dossier.comment'), { exact: true });
  await box.click();
  await box.pressSequentially('@李莉');
  await page.getByRole('option', { name: '李莉' }).or(page.locator('.ant-mentions-dropdown li'))
    .filter({ hasText: '李莉' }).first().click();
  await box.pressSequentially(words);
  await page.getByRole('button', { name: say('dossier.comment_save') }).click();
  await page.getByRole('listitem').filter({ hasText: words }).first().waitFor();
}

/** What is said in a toast opens the discussion; the inbox counts what is unread. */
async function told(visitor, page, writer, account) {
  await page.goto('/week');
  await page.getByRole('heading', { name: say('dossier.week') }).waitFor();
  assert.equal(await unreadOn(page, 1).count(), 0);
  await mention(writer, account, '下周招标，请出面');
  const toast = page.getByRole('status').filter({ hasText: '下周招标' });
  await toast.waitFor();
  await unreadOn(page, 1).waitFor();
  await visitor.shot('inbox-toast');
  await toast.getByRole('button', { name: say('dossier.news_open') }).click();
  await page.getByRole('listitem').filter({ hasText: '下周招标' }).first().waitFor();
  assert.ok(new URL(page.url()).pathname.endsWith(account));
}

async function read(visitor, page) {
  await page.goto('/inbox');
  const entry = page.getByRole('listitem').filter({ hasText: '下周招标' });
  await entry.getByRole('img', { name: say('dossier.new') }).waitFor();
  await visitor.checkAccess('inbox');
  await visitor.shot('inbox');
  const marked = page.waitForResponse((answer) => answer.url().endsWith('/inbox/read'));
  await entry.getByRole('link', { name: /下周招标/ }).click();
  assert.equal((await marked).status(), 200);
  await page.goto('/inbox');
  await page.getByText(say('dossier.inbox_read')).waitFor();
  assert.equal(await unreadOn(page, 1).count(), 0);
  await page.getByText(say('dossier.inbox_all'), { exact: true }).click();
  await page.getByRole('listitem').filter({ hasText: '下周招标' }).waitFor();
}

/** Always quiet but for one minute a day: what comes waits, and says so. */
async function keepQuiet(visitor, page, writer, account) {
  await page.goto('/me?tab=notices');
  await page.getByRole('switch', { name: say('dossier.quiet_on') }).click();
  await page.getByLabel(say('dossier.quiet_from')).fill('00:01');
  await page.getByLabel(say('dossier.quiet_until')).fill('00:00');
  await choose(page, page.getByLabel(say('dossier.told.comment')), say('dossier.way.digest'));
  await page.getByRole('button', { name: say('action.save') }).click();
  await page.getByRole('status').filter({ hasText: say('dossier.notices_saved') }).waitFor();
  await visitor.checkAccess('notices-phone');
  await visitor.shot('notices-phone');
  await mention(writer, account, '晚上也写一句');
  await page.goto('/inbox');
  await page.getByRole('listitem').filter({ hasText: '晚上也写一句' }).waitFor();
  await page.getByText(/静默到 .+其间的 1 条/).waitFor();
  assert.equal(await unreadOn(page, 1).count(), 0, 'nothing on the bar until it is over');
  await visitor.checkAccess('inbox-phone');
  await visitor.shot('inbox-phone');
  await page.getByText(say('dossier.digest'), { exact: true }).click();
  await page.getByRole('button', { name: say('dossier.digest_after') }).click();
  await page.getByRole('heading', { name: new RegExp(ACCOUNT) }).waitFor();
  await visitor.checkAccess('digest-phone');
  await visitor.shot('digest-phone');
}

async function walk({ visitor, address, timeout }) {
  const page = await visitor.open(address);
  page.setDefaultTimeout(timeout);
  visitor.otherContext = await visitor.another(address);
  const writer = await visitor.otherContext.newPage();
  writer.setDefaultTimeout(timeout);
  const admin = new Client(address, { login: 'admin', password: ADMIN_PASSWORD });
  const person = await admin.create('user', { login: 'lily', name: '李莉', roles: ['kam'] });
  await admin.must('POST', `/users/${person}/password`, { password: PASSWORD });
  const account = await admin.create('account', { code: 'I1', name: ACCOUNT, owner: person });
  admin.close();
  await signIn(writer, zh);
  await signIn(page, zh, 'lily', PASSWORD);
  await told(visitor, page, writer, account);
  await read(visitor, page);
  const phone = await visitor.open(address, { viewport: PHONE, colorScheme: 'dark' });
  phone.setDefaultTimeout(timeout);
  await signIn(phone, zh, 'lily', PASSWORD);
  await keepQuiet(visitor, phone, writer, account);
  await visitor.otherContext.close();
}

export const journeys = [
  {
    name: 'inbox', walk,
    title: 'the inbox: a mention arrives live, is opened and read; quiet hours on the phone [H10]',
  },
];
