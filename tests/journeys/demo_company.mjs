// What a new user finds in the demo company.

import assert from 'node:assert/strict';
import { command } from '../support/server.mjs';
import { call, PHONE, signIn } from './browser.mjs';
import { text } from './texts.mjs';

const zh = 'zh-CN';
const PAGES = [
  ['today', '/'], ['identify', '/identify'], ['accounts', '/accounts'], ['tables', '/tables'],
  ['import', '/import'], ['settings', '/settings'], ['people', '/people'], ['roles', '/roles'],
  ['role', '/roles/kam'], ['me', '/me'], ['audit', '/audit'],
];

function prepare(program, database) {
  const { status, stderr } = command(program, ['demo', '--database', database]);
  if (status !== 0) throw new Error(`linchpin demo ended with ${status}: ${stderr}`);
}

/** Every page shows itself: no error, no bone left, nothing serious for a screen reader. */
async function lookAround(visitor, suffix) {
  for (const [name, path] of PAGES) {
    await visitor.page.goto(path);
    await visitor.page.getByRole('heading').first().waitFor();
    await visitor.page.waitForLoadState('networkidle');
    await visitor.checkAccess(`${name}${suffix}`);
    await visitor.shot(`demo-${name}${suffix}`);
  }
}

async function openPalette(page) {
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder(text(zh, 'palette.placeholder')).fill('ABC');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/identify');
}

async function openAccount(visitor) {
  const { page } = visitor;
  await page.goto('/accounts');
  const row = page.getByRole('row').nth(3).getByRole('link').first();
  const name = await row.textContent();
  await row.click();
  await page.getByRole('heading', { name }).waitFor();
  await page.waitForLoadState('networkidle');
  await visitor.shot('demo-account');
  assert.match(page.url(), /\/accounts?\/[0-9A-Z]{13}/);
}

/** An account below another one: its group adds up, the company above it is one click away. */
async function openNetwork(visitor, suffix) {
  const { page } = visitor;
  const { body } = await call(page, 'POST', '/records/account/query', {
    select: ['parent.name'], where: { op: 'not_empty', field: 'parent', value: null },
    page: { limit: 1 },
  });
  const [account] = body.records;
  await page.goto(`/accounts/${account.id}?tab=network`);
  await page.getByText(text(zh, 'dossier.network_total')).waitFor();
  await page.waitForLoadState('networkidle');
  await visitor.checkAccess(`network${suffix}`);
  await visitor.shot(`demo-network${suffix}`);
  await page.getByRole('link', { name: account.fields['parent.name'] }).last().click();
  await page.getByRole('heading', { name: account.fields['parent.name'] }).waitFor();
}

/** The tables of one's role stand below the life cycle; one may choose others. */
async function choosePins(visitor) {
  const { page } = visitor;
  await page.goto('/');
  const pinned = page.getByRole('region', { name: text(zh, 'nav.pinned') });
  await pinned.getByRole('link', { name: '客诉' }).click();
  await page.waitForURL('**/records/complaint');
  await pinned.getByRole('button', { name: text(zh, 'nav.pin') }).click();
  const dialog = page.getByRole('dialog', { name: text(zh, 'nav.pin') });
  await dialog.getByRole('combobox').press('Backspace');
  await pinned.getByRole('link', { name: '客诉' }).waitFor({ state: 'detached' });
  await visitor.checkAccess('pins');
  await visitor.shot('demo-pins');
  await dialog.getByRole('button', { name: text(zh, 'nav.pin_reset') }).click();
  await pinned.getByRole('link', { name: '客诉' }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}

/** On a phone they stand first behind the last button of the bar. */
async function openPinned(visitor) {
  const { page } = visitor;
  await page.goto('/');
  await page.getByRole('button', { name: text(zh, 'nav.more') }).click();
  await page.getByRole('option', { name: '客诉' }).waitFor();
  await visitor.checkAccess('pinned-phone');
  await visitor.shot('demo-pinned-phone');
  await page.getByRole('option', { name: '客诉' }).click();
  await page.waitForURL('**/records/complaint');
}

async function walk({ visitor, address, timeout }) {
  let page = await visitor.open(address);
  page.setDefaultTimeout(timeout);
  await signIn(page, zh);
  await lookAround(visitor, '');
  await openPalette(page);
  await choosePins(visitor);
  await openAccount(visitor);
  await openNetwork(visitor, '');
  await page.evaluate(() => localStorage.setItem('linchpin.language', 'en'));
  await page.goto('/identify');
  await page.getByRole('slider').first().waitFor();
  await page.waitForLoadState('networkidle');
  await visitor.shot('demo-identify-en');
  page = await visitor.open(address, { viewport: PHONE });
  page.setDefaultTimeout(timeout);
  await signIn(page, zh);
  await lookAround(visitor, '-phone');
  await openPinned(visitor);
  await openNetwork(visitor, '-phone');
  page = await visitor.open(address, { colorScheme: 'dark' });
  page.setDefaultTimeout(timeout);
  await signIn(page, zh);
  await lookAround(visitor, '-dark');
}

export const journeys = [
  {
    name: 'demo-company', title: 'every page of the demo company, also on a phone and dark [H4]',
    prepare, walk,
  },
];
