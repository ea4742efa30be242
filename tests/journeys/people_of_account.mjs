// Before and after a meeting: what somebody cares about, what is said to him, the buying meeting
// that becomes evidence, and a training that was asked for.

import assert from 'node:assert/strict';
import { Client } from '../support/client.mjs';
import { ADMIN_PASSWORD } from '../support/server.mjs';
import { PHONE, signIn } from './browser.mjs';
import { text } from './texts.mjs';

const zh = 'zh-CN';
const say = (key, values) => text(zh, key, values);
const MESSAGE = '停机损失可减半';

async function customer(client) {
  const account = await client.create('account', {
    code: 'P1', name: '华北电力', ownership_type: 'private',
  });
  const person = (name, layer, role) => (
    client.create('contact', { account, name, layer, function: role })
  );
  const people = [
    await person('赵总', 'deciding', 'finance'), await person('王处', 'managing', 'technical'),
  ];
  await client.create('contact_standing', { contact: people[0], support: 3, influence: 5 });
  return { account, people };
}

/** What he cares about stands beside what we mean to say, which is written in one field. */
async function plan(visitor, page, { account, people: [chief] }) {
  await page.goto(`/accounts/${account}/map?person=${chief}`);
  await page.getByText('多久回本').waitFor();
  await page.getByRole('button', { name: say('people_map.add_message') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').first().fill(MESSAGE);
  await visitor.checkAccess('message');
  await visitor.shot('message');
  await dialog.getByRole('button', { name: say('action.save') }).click();
  await page.getByRole('checkbox', { name: MESSAGE }).waitFor();
  await visitor.shot('people-messages');
}

/** Who prefers what is tapped; confirmed, it is evidence. */
async function meet(visitor, page, client, { account, people }) {
  const meeting = await client.create('buying_meeting', {
    account, subject: '二期选型', held_on: '2026-05-06',
  });
  await page.goto(`/accounts/${account}?tab=people`);
  await page.getByRole('link', { name: '二期选型' }).click();
  for (const option of ['我方方案', '进口品牌']) {
    await page.getByLabel(say('meeting.new_option')).fill(option);
    await page.getByRole('button', { name: say('meeting.add_option') }).click();
    await page.getByRole('columnheader', { name: option }).waitFor();
  }
  const prefers = (name, option) => (
    page.getByRole('button', { name: say('meeting.prefers', { name, option }) })
  );
  await prefers('赵总', '我方方案').click();
  await page.locator('[aria-pressed=true]').first().waitFor();
  await prefers('王处', '进口品牌').click();
  await page.getByText(say('meeting.votes', { n: '1' })).nth(1).waitFor();
  await page.getByText(say('meeting.held'), { exact: true }).click();
  await visitor.checkAccess('buying-meeting');
  await visitor.shot('buying-meeting');
  const confirm = page.getByRole('button', { name: say('meeting.confirm') });
  await confirm.click();
  await page.getByRole('tooltip').getByRole('button', { name: say('meeting.confirm') }).click();
  await page.getByText(say('meeting.confirmed', { n: '2' })).waitFor();
  const { fields } = await client.must('GET', `/records/buying_meeting/${meeting}`);
  assert.equal(fields.state, 'held');
  await page.goto(`/accounts/${account}/map?person=${people[0]}`);
  await page.getByText('采购会议“二期选型”：倾向“我方方案”').first().waitFor();
}

/** On the phone: what is to be said before, one tap after the visit. */
async function report(visitor, phone, client, { account }) {
  await phone.goto(`/accounts/${account}`);
  await phone.getByText(say('dossier.prepare')).waitFor();
  await phone.getByRole('checkbox', { name: MESSAGE }).waitFor();
  await visitor.checkAccess('prepare-phone');
  await visitor.shot('prepare-phone');
  await phone.goto(`/quick?account=${account}`);
  await phone.getByLabel(say('dossier.outcome')).fill('同意试用');
  await phone.getByRole('checkbox', { name: MESSAGE }).check();
  await visitor.shot('said-phone');
  await phone.getByRole('button', { name: say('action.save'), exact: true }).click();
  await phone.getByText(say('dossier.reported')).waitFor();
  const answer = await client.must('POST', '/records/contact_message/query', {
    select: ['delivered_on', 'visit'],
  });
  const [{ fields }] = answer.records;
  assert.ok(fields.delivered_on && fields.visit, 'said at the visit that was reported');
}

async function walk({ visitor, address, timeout }) {
  const client = new Client(address, { login: 'admin', password: ADMIN_PASSWORD });
  try {
    const made = await customer(client);
    const page = await visitor.open(address);
    page.setDefaultTimeout(timeout);
    await signIn(page, zh);
    await plan(visitor, page, made);
    await meet(visitor, page, client, made);
    await page.goto('/settings');
    await page.getByRole('heading', { name: say('settings.gifts') }).waitFor();
    await visitor.checkAccess('gift-policy');
    const phone = await visitor.open(address, { viewport: PHONE, colorScheme: 'dark' });
    phone.setDefaultTimeout(timeout);
    await signIn(phone, zh);
    await report(visitor, phone, client, made);
  } finally {
    client.close();
  }
}

export const journeys = [
  {
    name: 'people-of-account', walk,
    title: 'people: concerns, messages ticked after a visit, a buying meeting as evidence [B8]',
  },
];
