// Somebody who may not see some fields and some records: nothing of them is in any view of any
// object, nor in an aggregate, a list of options, a live message, an export or what a page says.
//
// What is hidden carries one word; all that the server sends to that person's browser is read.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { Client } from '../support/client.mjs';
import { ADMIN_PASSWORD } from '../support/server.mjs';
import { signIn } from './browser.mjs';
import { text } from './texts.mjs';

const zh = 'zh-CN';
const say = (key, values) => text(zh, key, values);
const SECRET = '绝密';
const PASSWORD = 'a-password-for-sales-5';
const KINDS = [
  'grid', 'kanban', 'calendar', 'gantt', 'gallery', 'form', 'pivot', 'dashboard',
];
const HIDDEN = ['hidden_choice', 'hidden_note', 'hidden_amount', 'hidden_day'];

const label = (name) => ({ 'zh-CN': name, en: name });

/** An account, a complaint of it and a table of one's own: three very different objects. */
const OBJECTS = [
  { object: 'account', seen: { name: '看得见的客户' }, unseen: { name: `${SECRET}客户` } },
  { object: 'complaint', seen: { batch: '看得见的批号' }, unseen: { batch: `${SECRET}批号` } },
  { object: 'rival', seen: { name: '看得见的对手' }, unseen: { name: `${SECRET}对手` } },
];

const HIDDEN_FIELDS = [
  {
    api_name: 'hidden_choice', type: 'select', label: label(`${SECRET}选择`),
    options: [
      { key: 'one', label: label(`${SECRET}选项一`) },
      { key: 'two', label: label(`${SECRET}选项二`) },
    ],
  },
  { api_name: 'hidden_note', type: 'text', label: label(`${SECRET}说明`) },
  { api_name: 'hidden_amount', type: 'money', label: label(`${SECRET}金额`) },
  { api_name: 'hidden_day', type: 'date', label: label(`${SECRET}日期`) },
];
const HIDDEN_VALUES = {
  hidden_choice: 'one', hidden_note: `${SECRET}内容`, hidden_amount: '8675309.42',
  hidden_day: '2031-07-13',
};
const TELLTALES = [SECRET, '8675309', '2031-07'];

async function makeObjects(admin) {
  await admin.must('POST', '/meta/objects', {
    api_name: 'rival', label: label('对手'), ownership: 'owner',
    fields: [
      { api_name: 'name', type: 'text', label: label('名称'), required: true, name: true },
      {
        api_name: 'threat', type: 'select', label: label('威胁'),
        options: [{ key: 'high', label: label('高') }, { key: 'low', label: label('低') }],
      },
      { api_name: 'price', type: 'money', label: label('报价') },
      { api_name: 'found_on', type: 'date', label: label('发现日期') },
    ],
  });
  for (const { object } of OBJECTS) {
    for (const field of HIDDEN_FIELDS) {
      await admin.must('POST', `/meta/objects/${object}/fields`, field);
    }
  }
}

/** A person who owns one record of each object and may not read the hidden fields. */
async function makePerson(admin) {
  const fields = { '*': 'edit', ...Object.fromEntries(HIDDEN.map((name) => [name, 'none'])) };
  const own = {
    create: true, read: 'own', update: 'own', delete: 'own', restore: 'own', export: true, fields,
  };
  const role = await admin.create('role', {
    name: '受限销售',
    rights: {
      objects: {
        '*': { read: 'own' }, user: { read: 'all' }, department: { read: 'all' },
        ...Object.fromEntries(OBJECTS.map(({ object }) => [object, own])),
      },
    },
  });
  const department = await admin.create('department', { name: '销售部' });
  const person = await admin.create('user', {
    login: 'limited', name: '受限的人', roles: [], own_roles: [role], department,
  });
  await admin.must('POST', `/users/${person}/password`, { password: PASSWORD });
  return person;
}

async function makeRecords(admin, person) {
  const account = await admin.create('account', {
    ...OBJECTS[0].seen, ...HIDDEN_VALUES, owner: person,
  });
  const other = await admin.create('account', { ...OBJECTS[0].unseen, ...HIDDEN_VALUES });
  await admin.create('complaint', { ...OBJECTS[1].seen, ...HIDDEN_VALUES, account });
  await admin.create('complaint', { ...OBJECTS[1].unseen, ...HIDDEN_VALUES, account: other });
  const rival = { threat: 'high', found_on: '2026-11-02', price: '12.00' };
  await admin.create('rival', { ...OBJECTS[2].seen, ...rival, ...HIDDEN_VALUES, owner: person });
  const hidden = await admin.create('rival', { ...OBJECTS[2].unseen, ...HIDDEN_VALUES });
  return { other, hidden };
}

/** Views that name what is hidden, as somebody made them who may see it. */
const DEFINITIONS = {
  grid: {
    fields: HIDDEN, group: [{ field: 'hidden_choice' }], aggregates: { hidden_amount: 'sum' },
    colour: 'hidden_choice',
  },
  kanban: { lane: 'hidden_choice', sum: 'hidden_amount' },
  calendar: { from: 'hidden_day' },
  gantt: { from: 'hidden_day', to: 'hidden_day' },
  gallery: { fields: HIDDEN },
  form: { fields: HIDDEN },
  pivot: {
    rows: [{ field: 'hidden_choice' }], columns: [{ field: 'hidden_day', bucket: 'year' }],
    measures: [{ fn: 'sum', field: 'hidden_amount' }],
  },
  dashboard: {
    tiles: [
      {
        id: 'a', kind: 'bar', title: '按选择', group: { field: 'hidden_choice' },
        measure: { fn: 'sum', field: 'hidden_amount' },
      },
      { id: 'b', kind: 'metric', title: '总额', measure: { fn: 'sum', field: 'hidden_amount' } },
    ],
  },
};

/** Everything that arrives in the browser of this person, as text. */
function listen(page) {
  const heard = [];
  page.on('response', (answer) => {
    if (!answer.url().includes('/api/')) return;
    heard.push(answer.text().then((body) => `${answer.url()} ${body}`, () => ''));
  });
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => heard.push(Promise.resolve(String(payload))));
  });
  return heard;
}

async function checkHeard(page, heard, where) {
  await page.waitForLoadState('networkidle');
  const all = [...await Promise.all(heard), await page.locator('body').innerText()];
  for (const one of all) {
    const told = TELLTALES.find((word) => one.includes(word));
    assert.equal(told, undefined, `${where}: ${one.slice(0, 400)}`);
  }
  heard.length = 0;
}

async function lookAtViews(visitor, page, heard) {
  for (const { object, seen } of OBJECTS) {
    const [name] = Object.values(seen);
    for (const kind of KINDS) {
      const definition = encodeURIComponent(JSON.stringify(DEFINITIONS[kind]));
      for (const path of [`?kind=${kind}`, `?kind=${kind}&d=${definition}`]) {
        await page.goto(`/records/${object}${path}`);
        await page.getByRole('heading').first().waitFor();
        await checkHeard(page, heard, `${object} ${path}`);
      }
      await visitor.checkAccess(`${object} ${kind}`);
    }
    await page.goto(`/records/${object}`);
    await page.getByText(say('list.count', { n: 1 })).waitFor();
    await page.getByText(name).first().waitFor();
  }
}

/** Asked for by name, what is hidden is as unknown as what there is not. */
async function lookByFilter(page, heard) {
  const where = encodeURIComponent(
    JSON.stringify({ op: 'eq', field: 'hidden_choice', value: 'one' }),
  );
  await page.goto(`/records/rival?where=${where}`);
  await page.getByText(say('state.failed')).waitFor();
  await page.goto('/records/rival?sort=hidden_amount');
  await page.getByText(OBJECTS[2].seen.name).first().waitFor();
  await checkHeard(page, heard, 'filter and sort');
  await page.goto('/records/rival');
  await page.getByRole('button', { name: say('tables.filter') }).click();
  await page.getByRole('button', { name: say('filter.add_condition') }).click();
  await page.getByLabel(say('tables.field')).last().click();
  await checkHeard(page, heard, 'choices of a filter');
}

async function changeUnseen(admin, page, heard, { other, hidden }) {
  await page.goto('/records/rival');
  await page.getByText(OBJECTS[2].seen.name).first().waitFor();
  for (const [object, id, fields] of [
    ['rival', hidden, { name: `${SECRET}改名` }],
    ['account', other, { hidden_note: `${SECRET}新内容` }],
  ]) {
    const before = await admin.must('GET', `/records/${object}/${id}`);
    const base = Object.fromEntries(Object.keys(fields).map((key) => [key, before.fields[key]]));
    await admin.must('PATCH', `/records/${object}/${id}`, { fields, base });
  }
  await admin.create('rival', { name: `${SECRET}新对手`, ...HIDDEN_VALUES });
  await page.getByText(say('list.count', { n: 1 })).waitFor();
  await checkHeard(page, heard, 'live messages');
}

async function exportRows(page, heard) {
  const arriving = page.waitForEvent('download');
  await page.getByRole('button', { name: say('tables.export') }).click();
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  const file = await readFile(await (await arriving).path(), 'utf8');
  assert.match(file, new RegExp(OBJECTS[2].seen.name));
  for (const word of TELLTALES) assert.ok(!file.includes(word), `the export has ${word}`);
  await checkHeard(page, heard, 'export');
}

/** A locked view that somebody shares is shown, and cannot be changed, by everybody. */
async function useSharedView(admin, page, heard) {
  const view = await admin.create('view', {
    name: '全员视图', object: 'rival', kind: 'grid', scope: 'locked',
    definition: DEFINITIONS.grid,
  });
  const { records } = await admin.must('POST', '/records/department/query', { select: ['name'] });
  await admin.must('PUT', `/records/view/${view}/shares`, {
    shares: records.map(({ id }) => ({ principal: id, level: 'read' })),
  });
  await admin.create('view', {
    name: `${SECRET}视图`, object: 'rival', kind: 'grid', scope: 'personal', definition: {},
  });
  await page.goto('/records/rival');
  await page.getByRole('button', { name: '全员视图' }).click();
  await page.getByText(OBJECTS[2].seen.name).first().waitFor();
  await page.getByRole('button', { name: say('view.more') }).click();
  const change = page.getByRole('menuitem', { name: say('view.settings') });
  assert.equal(await change.getAttribute('aria-disabled'), 'true');
  await checkHeard(page, heard, 'a view of somebody else');
}

async function walk({ visitor, address, timeout }) {
  const admin = new Client(address, { login: 'admin', password: ADMIN_PASSWORD });
  await makeObjects(admin);
  const person = await makePerson(admin);
  const records = await makeRecords(admin, person);
  const page = await visitor.open(address);
  page.setDefaultTimeout(timeout);
  const heard = listen(page);
  await signIn(page, zh, 'limited', PASSWORD);
  await lookAtViews(visitor, page, heard);
  await lookByFilter(page, heard);
  await changeUnseen(admin, page, heard, records);
  await exportRows(page, heard);
  await useSharedView(admin, page, heard);
  await visitor.shot('hidden-fields');
}

export const journeys = [
  {
    name: 'hidden-fields', walk,
    title: 'tables: what one may not see is in no view, figure, message or file [H2] [H5]',
  },
];
