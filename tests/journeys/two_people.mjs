// Two people write into one table at once; one of them loses the network and comes back.

import assert from 'node:assert/strict';
import { command } from '../support/server.mjs';
import { signIn } from './browser.mjs';
import { text } from './texts.mjs';

const zh = 'zh-CN';
const say = (key, values) => text(zh, key, values);
const EDITS = 200;
const LINES = 20;
const COLUMNS = 3;
const FIELDS = ['title', 'wechat', 'remarks'];
const table = '/records/contact?sort=name&d='
  + encodeURIComponent(JSON.stringify({ fields: FIELDS }));

const cell = (page, line, column) => page.locator(`#cell-${line}-${column}`);

function prepare(program, database) {
  const { status, stderr } = command(program, ['demo', '--database', database]);
  if (status !== 0) throw new Error(`linchpin demo ended with ${status}: ${stderr}`);
}

async function write(page, line, column, value) {
  await cell(page, line, column).click();
  await page.keyboard.type(value);
  await page.keyboard.press('Enter');
}

/** What the server has in the first lines, as texts. */
async function stored(page) {
  const records = await page.evaluate(async ([select, limit]) => {
    const answer = await fetch('/api/v1/records/contact/query', {
      method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ select, sort: [{ field: 'name', dir: 'asc' }], page: { limit } }),
    });
    return (await answer.json()).records;
  }, [FIELDS, LINES]);
  return records.map(({ fields }) => FIELDS.map((name) => fields[name] ?? ''));
}

/** Waits until a window shows what the server has. */
async function shows(page, wanted) {
  await page.waitForFunction(([rows, columns]) => rows.every((row, line) => (
    Array.from({ length: columns }, (_, at) => at + 1).every((column) => (
      document.querySelector(`#cell-${line}-${column}`)?.textContent === row[column - 1]
    ))
  )), [wanted, COLUMNS]);
}

/** Edits of both at the same moment, often of the same record: nothing is lost. */
async function interleave(one, other) {
  const last = new Map();
  for (let at = 0; at < EDITS; at += 2) {
    await Promise.all([one, other].map(async (page, who) => {
      // The two never share a cell within a round, and take each other's in the next.
      const line = (at * 7) % LINES;
      const column = 1 + (at + who) % COLUMNS;
      const value = `第${at + who}次`;
      await write(page, line, column, value);
      last.set(`${line} ${column}`, { line, column, value });
    }));
  }
  return last;
}

/** No cell of the page is still on its way to the server. */
function allSaved(page) {
  return page.waitForFunction(() => !document.querySelector('[role=gridcell][class*="_saving_"]'));
}

async function checkAll(one, other, last) {
  await allSaved(one);
  await allSaved(other);
  const wanted = await stored(one);
  for (const { line, column, value } of last.values()) {
    assert.equal(wanted[line][column - 1], value, `line ${line}, column ${column}`);
  }
  await shows(one, wanted);
  await shows(other, wanted);
}

/** What was typed without a network waits, is told to be waiting, and arrives. */
async function loseNetwork(visitor, one, other) {
  await visitor.otherContext.setOffline(true);
  await write(other, 0, 1, '离线修改');
  await write(other, 1, 2, '离线第二处');
  await other.getByRole('status').filter({ hasText: say('tables.waiting', { n: 1 }) }).waitFor();
  await write(one, 0, 2, '同一条的另一格');
  await write(one, 2, 1, '在线修改');
  await cell(one, 2, 1).filter({ hasText: '在线修改' }).waitFor();
  await visitor.otherContext.setOffline(false);
  const wanted = [
    [0, 1, '离线修改'], [0, 2, '同一条的另一格'], [1, 2, '离线第二处'], [2, 1, '在线修改'],
  ];
  for (const page of [one, other]) {
    for (const [line, column, value] of wanted) {
      await cell(page, line, column).filter({ hasText: value }).waitFor();
    }
  }
  await shows(one, await stored(one));
  await shows(other, await stored(one));
}

/** Two people change the same cell while one is away: the second one decides. */
async function conflict(visitor, one, other) {
  await visitor.otherContext.setOffline(true);
  await write(other, 3, 1, '我的说法');
  await write(one, 3, 1, '别人的说法');
  await cell(one, 3, 1).filter({ hasText: '别人的说法' }).waitFor();
  await one.waitForLoadState('networkidle');
  await visitor.otherContext.setOffline(false);
  const refused = other.locator('#cell-3-1[aria-invalid=true]');
  await refused.waitFor();
  assert.equal((await stored(one))[3][0], '别人的说法');
  await refused.click({ button: 'right' });
  await other.getByRole('menuitem', { name: say('tables.keep_mine') }).click();
  await cell(one, 3, 1).filter({ hasText: '我的说法' }).waitFor();
  assert.equal((await stored(one))[3][0], '我的说法');
}

async function walk({ visitor, address, timeout }) {
  const one = await visitor.open(address);
  visitor.otherContext = await visitor.another(address);
  const other = await visitor.otherContext.newPage();
  for (const page of [one, other]) {
    page.setDefaultTimeout(timeout);
    await signIn(page, zh);
    await page.goto(table);
    await cell(page, LINES - 1, 0).filter({ hasText: /./ }).waitFor();
  }
  const last = await interleave(one, other);
  await checkAll(one, other, last);
  await loseNetwork(visitor, one, other);
  await conflict(visitor, one, other);
  await visitor.otherContext.close();
}

export const journeys = [
  {
    name: 'two-people', prepare, walk,
    title: 'tables: two people in one table, one goes offline [H2]',
  },
];
