// Tables: any object as a spreadsheet and in other views, live for everybody, and made by people.

import assert from 'node:assert/strict';
import { command } from '../support/server.mjs';
import { PHONE, signIn } from './browser.mjs';
import { pattern, text } from './texts.mjs';

const zh = 'zh-CN';
const say = (key, values) => text(zh, key, values);
const button = (page, key) => page.getByRole('button', { name: say(key), exact: true });
const cell = (page, line, column) => page.locator(`#cell-${line}-${column}`);

function prepare(program, database) {
  const { status, stderr } = command(program, ['demo', '--database', database]);
  if (status !== 0) throw new Error(`linchpin demo ended with ${status}: ${stderr}`);
}

const definition = (parts) => `d=${encodeURIComponent(JSON.stringify(parts))}`;

async function showsText(locator, wanted) {
  await locator.filter({ hasText: wanted }).waitFor();
}

/** Types into the first cell, undoes and does it again; another window sees it. */
async function editTogether(visitor, page) {
  const other = await visitor.context.newPage();
  for (const one of [page, other]) {
    await one.goto('/records/contact');
    await cell(one, 0, 0).waitFor();
  }
  const before = await cell(page, 0, 0).textContent();
  await cell(page, 0, 0).click();
  await page.keyboard.type('林知远');
  await page.keyboard.press('Enter');
  await showsText(cell(page, 0, 0), '林知远');
  await showsText(cell(other, 0, 0), '林知远');
  await page.keyboard.press('Control+z');
  await showsText(cell(page, 0, 0), before);
  await showsText(cell(other, 0, 0), before);
  await page.keyboard.press('Control+y');
  await showsText(cell(page, 0, 0), '林知远');
  await other.close();
}

/** What is no number stays in its cell and says so; nothing typed is lost. */
async function refuse(page) {
  await page.goto('/records/opportunity');
  const column = await page.getByRole('columnheader', { name: '预计金额' })
    .getAttribute('aria-colindex');
  const amount = cell(page, 0, Number(column) - 2);
  await amount.click();
  await page.keyboard.type('abc');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: say('cell.no_number') }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.type('１２３４５６');
  await page.keyboard.press('Enter');
  await showsText(amount, '¥123,456.00');
}

/** To the last record of a long table and back, by keyboard. */
async function jump(page) {
  await page.goto('/records/order_line');
  await cell(page, 0, 0).click();
  await page.getByText(pattern(zh, 'list.count')).waitFor();
  await page.keyboard.press('Control+End');
  const [, count] = /([\d,]+)/.exec(await page.getByText(pattern(zh, 'list.count')).textContent());
  await page.getByRole('rowheader', { name: count }).waitFor();
  await page.keyboard.press('Control+Home');
  await cell(page, 0, 0).waitFor();
}

async function saveView(page) {
  await page.goto(`/records/opportunity?${definition({
    group: [{ field: 'stage' }], aggregates: { amount: 'sum' }, colour: 'stage',
  })}`);
  await page.getByRole('row', { expanded: true }).first().or(
    page.locator('[aria-level="1"]').first(),
  ).waitFor();
  await button(page, 'view.save_as').click();
  await page.getByLabel(say('view.name')).fill('按阶段');
  await button(page, 'action.save').click();
  await page.getByRole('button', { name: '按阶段', pressed: true }).waitFor();
  const url = page.url();
  assert.match(url, /view=[0-9A-Z]{13}/);
  assert.doesNotMatch(url, /d=/);
  await page.reload();
  await page.locator('[aria-level="1"]').first().waitFor();
}

async function addField(page, label, type, more) {
  await button(page, 'structure.add_field').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByPlaceholder(say('structure.label_zh')).fill(label);
  await dialog.getByLabel(say('structure.type')).click({ force: true });
  await page.keyboard.type(say(type));
  await page.keyboard.press('Enter');
  await more?.(dialog);
  await dialog.getByRole('button', { name: say('action.save') }).click();
  await page.getByRole('rowheader', { name: label }).waitFor();
}

const options = (names) => async (dialog) => {
  for (const name of names) {
    await dialog.getByRole('button', { name: say('structure.add_option') }).click();
    await dialog.getByLabel(say('structure.option'), { exact: true }).last().fill(name);
  }
};

/** A table of one's own: eight fields, a form that fills it, a kanban and a dashboard. */
async function makeTable(visitor, page) {
  await page.goto('/tables');
  await button(page, 'structure.new_table').click();
  await page.getByPlaceholder(say('structure.label_zh')).fill('竞品情报');
  await page.getByPlaceholder(say('structure.label_en')).fill('Competitor intelligence');
  await button(page, 'action.save').click();
  await page.waitForURL('**/tables/competitor_intelligence');
  await addField(page, '竞争对手', 'type.text');
  await addField(page, '威胁程度', 'type.select', options(['高', '中', '低']));
  await addField(page, '报价', 'type.money');
  await addField(page, '发现日期', 'type.date');
  await addField(page, '跟进人', 'type.user');
  await addField(page, '已核实', 'type.boolean');
  await addField(page, '详情', 'type.long_text');
  await visitor.checkAccess('structure');
  await visitor.shot('structure');
  await page.goto('/records/competitor_intelligence?kind=form');
  await page.getByLabel(/^名称/).fill('对手降价一成');
  await page.getByLabel('竞争对手').fill('甲公司');
  await button(page, 'form.submit').click();
  await page.getByText(say('form.done')).waitFor();
  await page.goto('/records/competitor_intelligence?kind=kanban');
  await page.getByRole('button', { name: '对手降价一成' }).waitFor();
  await page.getByRole('button', { name: '对手降价一成' }).press('Alt+ArrowLeft');
  await page.getByRole('region', { name: '低' }).getByText('对手降价一成').waitFor();
  await page.goto('/records/competitor_intelligence?kind=dashboard');
  await page.getByRole('region', { name: '威胁程度' }).waitFor();
}

/** The same table in English and in the dark. */
async function lookInEnglish(visitor, address, timeout) {
  const page = await visitor.open(address, { colorScheme: 'dark' });
  page.setDefaultTimeout(timeout);
  await page.addInitScript(() => localStorage.setItem('linchpin.language', 'en'));
  await signIn(page, 'en');
  await page.goto('/tables/competitor_intelligence');
  await page.getByRole('rowheader').first().waitFor();
  await visitor.checkAccess('structure-en-dark');
  await visitor.shot('structure-en-dark');
  for (const kind of ['grid', 'form', 'kanban', 'dashboard']) {
    await page.goto(`/records/competitor_intelligence?kind=${kind}`);
    await page.getByRole('heading', { name: 'Competitor intelligence' }).first().waitFor();
    await page.waitForLoadState('networkidle');
    await visitor.checkAccess(`own-${kind}-en-dark`);
    await visitor.shot(`own-${kind}-en-dark`);
  }
}

const VIEWS = [
  ['grid', `/records/account?${definition({ colour: 'tier', height: 'medium' })}`],
  ['kanban', `/records/opportunity?kind=kanban&${definition({ sum: 'amount' })}`],
  ['calendar', '/records/visit?kind=calendar'],
  ['gantt', `/records/contract?kind=gantt&${definition({ from: 'starts_on', to: 'ends_on' })}`],
  ['gallery', '/records/contact?kind=gallery'],
  ['form', '/records/complaint?kind=form'],
  ['pivot', `/records/opportunity?kind=pivot&${definition({
    rows: [{ field: 'stage' }], columns: [{ field: 'expected_on', bucket: 'year' }],
    measures: [{ fn: 'count' }, { fn: 'sum', field: 'amount' }],
  })}`],
  ['dashboard', '/records/complaint?kind=dashboard'],
];

async function lookAtViews(visitor, suffix) {
  for (const [name, path] of VIEWS) {
    await visitor.page.goto(path);
    await visitor.page.getByRole('heading').first().waitFor();
    await visitor.page.waitForLoadState('networkidle');
    await visitor.checkAccess(`${name}${suffix}`);
    await visitor.shot(`table-${name}${suffix}`);
  }
}

async function walk({ visitor, address, timeout }) {
  const page = await visitor.open(address);
  page.setDefaultTimeout(timeout);
  await signIn(page, zh);
  await lookAtViews(visitor, '');
  await editTogether(visitor, page);
  await refuse(page);
  await jump(page);
  await saveView(page);
  await makeTable(visitor, page);
  await lookInEnglish(visitor, address, timeout);
  await visitor.open(address, { viewport: PHONE, colorScheme: 'dark' });
  visitor.page.setDefaultTimeout(timeout);
  await signIn(visitor.page, zh);
  await lookAtViews(visitor, '-phone-dark');
}

export const journeys = [
  {
    name: 'tables', prepare, walk,
    title: 'tables: eight views, edits that others see, a table of one\'s own [H1] [H2]',
  },
];
