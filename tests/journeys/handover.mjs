// A manager leaves: her work is looked through, prepared, handed over, told to the successor, and
// taken back.

import assert from 'node:assert/strict';
import { command } from '../support/server.mjs';
import { choose, PHONE, signIn } from './browser.mjs';
import { text } from './texts.mjs';

const zh = 'zh-CN';
const say = (key, values) => text(zh, key, values);
const LEAVER = '王静';
const SUCCESSOR = '张磊';
const LATER = '2099-12-31T18:00';

const button = (page, key) => page.getByRole('button', { name: say(key), exact: true });
const panel = (page, key) => page.getByRole('heading', { name: say(key) });

function prepare(program, database) {
  const { status, stderr } = command(program, ['demo', '--database', database]);
  if (status !== 0) throw new Error(`linchpin demo ended with ${status}: ${stderr}`);
}

async function countOf(page, object, where) {
  return page.evaluate(async ([name, filter]) => {
    const answer = await fetch(`/api/v1/records/${name}/query`, {
      method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ page: { limit: 1 }, count: 'exact', where: filter }),
    });
    return (await answer.json()).count;
  }, [object, where]);
}

const accountsOf = (page, name) => (
  countOf(page, 'account', { op: 'eq', field: 'owner.name', value: name })
);

const openInvoicesOf = (page, name) => countOf(page, 'invoice', { op: 'and', args: [
  { op: 'gt', field: 'open_amount', value: '0.00' },
  { op: 'eq', field: 'account.owner.name', value: name },
] });

/** The ledger before anything is written, with what only follows the accounts. */
async function look(visitor, page, invoices) {
  await page.goto('/handover');
  await button(page, 'handover.new').click();
  await choose(page, page.getByLabel(say('handover.from'), { exact: true }), LEAVER);
  await choose(page, page.getByLabel(say('handover.to'), { exact: true }), SUCCESSOR);
  await page.getByLabel(say('handover.reason')).fill('调岗');
  await page.getByText(say('handover.at_a_time')).click();
  await page.locator('input[type="datetime-local"]').fill(LATER);
  await button(page, 'handover.try').click();
  await page.getByText(say('handover.balanced')).waitFor();
  const line = page.getByRole('row').filter({ hasText: '未收金额' });
  assert.equal(await line.getByRole('cell').first().textContent(), String(invoices));
  await visitor.checkAccess('handover-ledger');
  await visitor.shot('handover-ledger');
}

async function insist(page, key) {
  await button(page, key).click();
  await page.getByRole('tooltip').getByRole('button', { name: say(key), exact: true }).click();
}

/** What the customers are told, with what the one who writes adds to it. */
async function write(visitor, page) {
  await page.getByRole('link', { name: say('handover.letters') }).click();
  const letter = page.getByRole('textbox').first();
  await letter.waitFor();
  const words = await letter.textContent();
  assert.ok(words.includes(LEAVER) && words.includes(SUCCESSOR), words);
  await letter.getByText(say('handover.letter_thanks')).click();
  await page.keyboard.type('谨致谢意');
  assert.match(await letter.textContent(), /谨致谢意/);
  await visitor.checkAccess('handover-letters');
  await visitor.shot('handover-letters');
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.getByRole('button').filter({ visible: true }).count(), 0);
  await page.emulateMedia({ media: 'screen' });
  await page.goBack();
  await panel(page, 'handover.brief').waitFor();
}

async function walk({ visitor, address, timeout }) {
  const page = await visitor.open(address);
  page.setDefaultTimeout(timeout);
  await signIn(page, zh);
  const accounts = await accountsOf(page, LEAVER);
  const invoices = await openInvoicesOf(page, LEAVER);
  assert.ok(accounts > 0 && invoices > 0);
  await look(visitor, page, invoices);
  await button(page, 'handover.prepare').click();
  await page.getByText(say('handover.state_prepared')).first().waitFor();
  assert.equal(await accountsOf(page, LEAVER), accounts);
  await insist(page, 'handover.carry_out');
  await page.getByText(say('handover.state_done')).first().waitFor();
  assert.equal(await accountsOf(page, LEAVER), 0);
  assert.equal(await openInvoicesOf(page, LEAVER), 0);
  await panel(page, 'handover.brief').waitFor();
  await panel(page, 'handover.points').waitFor();
  await visitor.checkAccess('handover-brief');
  await visitor.shot('handover-brief');
  await write(visitor, page);
  await page.setViewportSize(PHONE);
  await visitor.checkAccess('handover-phone');
  await visitor.shot('handover-phone');
  await insist(page, 'handover.undo');
  await page.getByText(say('handover.state_undone')).first().waitFor();
  assert.equal(await accountsOf(page, LEAVER), accounts);
  assert.equal(await openInvoicesOf(page, LEAVER), invoices);
}

export const journeys = [
  {
    name: 'handover', prepare, walk,
    title: 'handover: looked through, prepared, carried out, told, taken back [H14]',
  },
];
