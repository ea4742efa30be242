// Who may see what: a role of one's own, a person who gets it, and one record shared for a while.

import assert from 'node:assert/strict';
import { command } from '../support/server.mjs';
import { choose, PHONE, signIn } from './browser.mjs';
import { text } from './texts.mjs';

const zh = 'zh-CN';
const say = (key, values) => text(zh, key, values);
const PASSWORD = 'a-password-for-quality-5';
const ROLE = '本组观察员';
const EXPIRES = '2099-12-31 18:00';

const button = (page, key, values) =>
  page.getByRole('button', { name: say(key, values), exact: true });
const alertOf = (page, key, values) =>
  page.getByRole('alert').filter({ hasText: say(key, values) });

function prepare(program, database) {
  const { status, stderr } = command(program, ['demo', '--database', database]);
  if (status !== 0) throw new Error(`linchpin demo ended with ${status}: ${stderr}`);
}

async function pickLevel(page, label, key) {
  const list = page.getByLabel(label, { exact: true });
  await list.click({ force: true });
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)')
    .getByTitle(say(key), { exact: true }).click();
}

/** Besides: the accounts whose region is the job title of the person. */
async function addRule(visitor, page) {
  await button(page, 'roles.rules').click();
  await button(page, 'roles.add_rule').click();
  await page.getByText(say('roles.rule_unwritten')).waitFor();
  const rule = page.getByRole('group', { name: say('roles.rule'), exact: true });
  await rule.getByRole('button', { name: say('filter.add_condition') }).click();
  await rule.getByRole('combobox', { name: say('tables.field') }).fill('销售区域');
  await page.locator('.ant-cascader-menu-item').first().click();
  await choose(page, rule.getByLabel(say('filter.compared_with')),
    say('filter.of_holder', { field: '职务' }));
  await page.getByText(say('roles.rule_unwritten')).waitFor({ state: 'detached' });
  await visitor.checkAccess('role-rules');
  await visitor.shot('role-rules');
}

async function save(page) {
  await button(page, 'action.save').click();
  await page.getByText(say('people.saved')).first().waitFor();
}

/** Accounts of one's own department, and nothing else; later changed, which asks for a reason. */
async function makeRole(visitor, page) {
  await page.goto('/roles');
  await button(page, 'roles.new').click();
  await button(page, 'action.save').click();
  await alertOf(page, 'roles.needs_name').waitFor();
  await page.getByLabel(say('roles.name')).fill(ROLE);
  await choose(page, page.getByLabel(say('roles.set_apart')), '客户');
  await pickLevel(page, `客户 · ${say('roles.update')}`, 'roles.level_own');
  await page.getByText(say('roles.doubt_unseen')).waitFor();
  await pickLevel(page, `客户 · ${say('roles.update')}`, 'roles.level_none');
  await pickLevel(page, `客户 · ${say('roles.read')}`, 'roles.level_department');
  await page.reload();
  await page.getByText(say('roles.level_department'), { exact: true }).first().waitFor();
  await addRule(visitor, page);
  await save(page);
  await page.reload();
  await button(page, 'roles.rules_chosen', { n: 1 }).click();
  await page.getByText(say('filter.of_holder', { field: '职务' })).waitFor();
  await page.getByRole('heading', { name: ROLE }).waitFor();
  await choose(page, page.getByLabel(say('roles.preview_whom')), '王静');
  const preview = page.getByRole('row').filter({ hasText: '我方签约主体' });
  await preview.getByText(say('roles.level_all'), { exact: true }).waitFor();
  await visitor.checkAccess('role');
  await visitor.shot('role');
  await page.getByLabel(`客户 · ${say('roles.export')}`, { exact: true }).check();
  await button(page, 'action.save').click();
  await alertOf(page, 'roles.needs_reason').waitFor();
  await page.getByLabel(say('roles.reason')).fill('季度复盘要导出');
  await save(page);
  await page.goto('/roles');
  await page.getByRole('link', { name: ROLE }).waitFor();
  await visitor.checkAccess('roles');
  await visitor.shot('roles');
}

async function openPerson(page, name) {
  await page.goto('/people');
  await page.getByRole('button', { name, exact: true }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('heading', { name: say('people.deputies') }).waitFor();
  return drawer;
}

async function giveRole(visitor, page) {
  const drawer = await openPerson(page, '王静');
  await choose(page, drawer.locator('#new-own_roles'), ROLE);
  await page.keyboard.press('Escape');
  await save(page);
  await visitor.checkAccess('person');
  await visitor.shot('person');
  await page.goto('/people');
  await page.getByRole('row').filter({ hasText: '王静' }).getByText(ROLE).waitFor();
  await visitor.checkAccess('people');
  await visitor.shot('people');
}

async function givePassword(page) {
  const drawer = await openPerson(page, '高明');
  await drawer.getByLabel(say('people.password_new')).fill('short');
  await drawer.getByRole('button', { name: say('people.password_save') }).click();
  await alertOf(drawer, 'people.password_short', { n: 10 }).waitFor();
  await drawer.getByLabel(say('people.password_new')).fill(PASSWORD);
  await drawer.getByRole('button', { name: say('people.password_save') }).click();
  await page.getByText(say('people.password_set')).waitFor();
  await drawer.getByRole('button', { name: say('people.add_deputy') }).click();
  await drawer.getByRole('button', { name: say('action.save') }).last().click();
  await alertOf(drawer, 'people.needs_deputy').waitFor();
}

/** An account of somebody else in the department of 王静. */
async function openAccount(page) {
  const id = await page.evaluate(async (owner) => {
    const answer = await fetch('/api/v1/records/account/query', {
      method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        select: ['name'], page: { limit: 1 },
        where: { op: 'eq', field: 'owner.name', value: owner },
      }),
    });
    return (await answer.json()).records[0].id;
  }, '张磊');
  await page.goto(`/accounts/${id}`);
  await page.getByRole('tab', { name: say('record.access') }).click();
  await page.getByText(say('access.share'), { exact: true }).waitFor();
  const name = await page.getByRole('heading', { level: 1 }).textContent();
  return { name, path: new URL(page.url()).pathname };
}

async function askWhy(visitor, page) {
  await choose(page, page.getByLabel(say('access.whom')), '王静');
  await page.getByText(say('access.by_people')).waitFor();
  await choose(page, page.getByLabel(say('access.whom')), '高明');
  await page.getByText(say('access.sees_nothing')).waitFor();
  await button(page, 'access.everybody_show').click();
  await page.getByRole('listitem').filter({ hasText: '陈国栋' })
    .getByText(say('access.by_everything')).waitFor();
  await visitor.checkAccess('access');
  await visitor.shot('access');
}

async function share(visitor, page) {
  const submit = button(page, 'access.give');
  const expires = page.getByLabel(say('access.expires'));
  await submit.click();
  await alertOf(page, 'access.choose_first').waitFor();
  await choose(page, page.getByLabel(say('access.name')), '高明');
  for (const [typed, then] of [
    ['2020-01-01 00:00', alertOf(page, 'access.expires_past')],
    [EXPIRES, page.getByText(say('access.until', { at: EXPIRES }))],
  ]) {
    await expires.fill(typed);
    await expires.press('Enter');
    await submit.click();
    await then.waitFor();
  }
  await visitor.shot('shared');
}

async function seeAsColleague(visitor, address, account, timeout) {
  const page = await visitor.open(address, { viewport: PHONE });
  page.setDefaultTimeout(timeout);
  await signIn(page, zh, 'gao.ming', PASSWORD);
  await page.goto(`${account.path}?tab=access`);
  await page.getByRole('heading', { name: account.name }).waitFor();
  await page.getByText(say('access.by_share')).waitFor();
  assert.equal(await button(page, 'access.give').count(), 0);
  await visitor.checkAccess('shared-phone');
  await visitor.shot('shared-phone');
  await page.goto('/roles');
  await page.getByText(say('state.forbidden'), { exact: true }).waitFor();
  await page.goto('/me');
  await page.getByLabel(say('password.current')).waitFor();
  await visitor.checkAccess('me-phone');
  await page.goto('/accounts');
  await page.getByText(account.name).first().waitFor();
}

async function walk({ visitor, address, timeout }) {
  const page = await visitor.open(address);
  page.setDefaultTimeout(timeout);
  await signIn(page, zh);
  await makeRole(visitor, page);
  await giveRole(visitor, page);
  await givePassword(page);
  const account = await openAccount(page);
  await askWhy(visitor, page);
  await share(visitor, page);
  await seeAsColleague(visitor, address, account, timeout);
}

export const journeys = [
  {
    name: 'people-and-roles', prepare, walk,
    title: 'people and roles: a role of one\'s own, why somebody sees a record, a share [H5]',
  },
];
