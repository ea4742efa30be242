// A receipt that nobody knows is claimed as it is suggested, and taken back; on a phone, too.

import assert from 'node:assert/strict';
import { command } from '../support/server.mjs';
import { PHONE, signIn } from './browser.mjs';
import { text } from './texts.mjs';

const zh = 'zh-CN';
const say = (key, values) => text(zh, key, values);

function prepare(program, database) {
  const { status, stderr } = command(program, ['demo', '--database', database]);
  if (status !== 0) throw new Error(`linchpin demo ended with ${status}: ${stderr}`);
}

function unclaimed(page) {
  const title = page.getByRole('heading', { name: say('receivables.unclaimed') });
  return page.locator('section').filter({ has: title }).getByRole('listitem');
}

/** The number in the heading is that of the rows. */
async function expectRows(page, count) {
  const title = `${say('receivables.unclaimed')} · ${String(count)}`;
  await page.getByRole('heading', { name: title, exact: true }).waitFor();
  assert.equal(await unclaimed(page).count(), count);
}

async function openFirst(page) {
  await unclaimed(page).first().getByRole('button').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(say('receivables.settles')).or(
    dialog.getByText(say('receivables.nothing_open')),
  ).waitFor();
  return dialog;
}

async function walk({ visitor, address, timeout }) {
  const page = await visitor.open(address);
  page.setDefaultTimeout(timeout);
  await signIn(page, zh);
  await page.getByRole('link', { name: /未认领的回款/ }).click();
  await unclaimed(page).first().waitFor();
  const count = await unclaimed(page).count();
  await visitor.checkAccess('claiming');
  await visitor.shot('claiming');
  const dialog = await openFirst(page);
  await visitor.checkAccess('claiming-dialog');
  await visitor.shot('claiming-dialog');
  await dialog.getByRole('button', { name: say('receivables.confirm') }).click();
  await expectRows(page, count - 1);
  await page.getByRole('button', { name: say('receivables.take_back') }).click();
  await expectRows(page, count);
  await page.setViewportSize(PHONE);
  await visitor.checkAccess('claiming-phone');
  await visitor.shot('claiming-phone');
  await openFirst(page);
  await visitor.shot('claiming-dialog-phone');
}

export const journeys = [
  {
    name: 'claiming', prepare, walk,
    title: 'claiming: a receipt is suggested, claimed and taken back [B5]',
  },
];
