// One customer stands there twice and is made one, and two again; what a company registry says of
// it is compared and taken field by field.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Client } from '../support/client.mjs';
import { ADMIN_PASSWORD, root } from '../support/server.mjs';
import { PHONE, signIn } from './browser.mjs';
import { pattern, text } from './texts.mjs';

const zh = 'zh-CN';
const say = (key, values) => text(zh, key, values);
const KEPT = '华北电力有限公司';
const TWIN = '华北电力';
const STAND_IN = join(root, 'script', 'registry_stand_in.mjs');

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

/** The company registry of script/server, and the record that says where it is asked. */
async function startRegistry(client) {
  const port = await freePort();
  const process = spawn('node', [STAND_IN, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(process.stdout, 'data');
  await client.create('registry_source', {
    name: '工商登记', address: `http://127.0.0.1:${port}/company?keyword={query}`,
    mapping: 'name = result.name\nphone = result.phoneNumber\naddress = result.regLocation',
  });
  return process;
}

/** The twin has somebody whom the merge takes along. */
async function twins(client) {
  const kept = await client.create('account', { code: 'A1', name: KEPT, city: '北京' });
  const twin = await client.create('account', { code: 'A2', name: TWIN, phone: '010-1' });
  const person = await client.create('contact', { account: twin, name: '王建国' });
  return { kept, twin, person };
}

async function merge(visitor, page, client, { kept, twin, person }) {
  const accountOf = async () => (
    (await client.must('GET', `/records/contact/${person}`)).fields.account
  );
  await page.goto('/duplicates');
  await page.getByRole('radio', { name: say('duplicates.keep_name', { name: KEPT }) }).check();
  await visitor.checkAccess('duplicates');
  await visitor.shot('duplicates');
  const row = page.getByRole('listitem').filter({ hasText: 'A2' });
  await row.getByRole('button', { name: say('duplicates.merge') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(say('duplicates.moved')).waitFor();
  await visitor.shot('duplicates-merge');
  await dialog.getByLabel(say('duplicates.reason')).fill('同一家公司');
  await dialog.getByRole('button', { name: say('duplicates.merge') }).click();
  await page.getByText(say('duplicates.merged', { name: KEPT })).waitFor();
  assert.equal(await accountOf(), kept, 'the person went along');
  await page.getByRole('listitem').filter({ hasText: '同一家公司' })
    .getByRole('button', { name: say('duplicates.undo') }).click();
  await page.getByRole('tooltip').getByRole('button', { name: say('duplicates.undo') }).click();
  await page.getByText(say('duplicates.undone'), { exact: true }).waitFor();
  await page.getByText(say('duplicates.was_undone'), { exact: true }).waitFor();
  assert.equal(await accountOf(), twin, 'and came back');
}

async function compare(visitor, page, client, { kept }) {
  await page.goto(`/accounts/${kept}?tab=registry`);
  await page.getByRole('button', { name: pattern(zh, 'dossier.registry_ask') }).click();
  const phone = page.getByRole('row').filter({ hasText: '0531-8' });
  await phone.getByRole('checkbox').check();
  await visitor.checkAccess('registry');
  await visitor.shot('registry');
  await page.getByRole('button', { name: say('dossier.registry_apply', { count: '1' }) }).click();
  await page.getByText(say('dossier.registry_applied')).waitFor();
  const { fields } = await client.must('GET', `/records/account/${kept}`);
  assert.match(fields.phone, /^0531-8/);
  assert.equal(fields.address, null, 'what was not chosen stays as it is');
  await visitor.shot('registry-taken');
}

async function walk({ visitor, address, timeout }) {
  const client = new Client(address, { login: 'admin', password: ADMIN_PASSWORD });
  const registry = await startRegistry(client);
  try {
    const made = await twins(client);
    const page = await visitor.open(address);
    page.setDefaultTimeout(timeout);
    await signIn(page, zh);
    await merge(visitor, page, client, made);
    const phone = await visitor.open(address, { viewport: PHONE, colorScheme: 'dark' });
    phone.setDefaultTimeout(timeout);
    await signIn(phone, zh);
    await compare(visitor, phone, client, made);
  } finally {
    registry.kill();
    client.close();
  }
}

export const journeys = [
  {
    name: 'one-customer', walk,
    title: 'one customer twice: merged and undone; a registry compared field by field [B14] [B16]',
  },
];
