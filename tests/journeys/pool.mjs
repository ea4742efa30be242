// The key account pool: an admission asked for and decided, a review round from its proposals to
// the meeting's decision, what each tier is promised, segments and the screening of potential.

import assert from 'node:assert/strict';
import { command } from '../support/server.mjs';
import { choose, PHONE, signIn } from './browser.mjs';
import { pattern, text } from './texts.mjs';

const zh = 'zh-CN';
const say = (key, values) => text(zh, key, values);

const button = (page, key, values) =>
  page.getByRole('button', { name: say(key, values), exact: true });
const alertOf = (page, key) => page.getByRole('alert').filter({ hasText: say(key) });

function prepare(program, database) {
  const { status, stderr } = command(program, ['demo', '--database', database]);
  if (status !== 0) throw new Error(`linchpin demo ended with ${status}: ${stderr}`);
}

/** What somebody asked for waits on the board; agreeing moves it, letting go needs a reason. */
async function decideRequest(visitor, page) {
  await page.goto('/pool');
  const waiting = page.getByRole('region', { name: '申请中' }).getByRole('article');
  await waiting.first().getByText(say('pool.you_decide')).waitFor();
  await visitor.checkAccess('pool');
  await visitor.shot('pool');
  const name = await waiting.first().getByRole('button').textContent();
  await waiting.first().getByRole('button').click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText(say('pool.evidence'), { exact: true }).waitFor();
  await visitor.checkAccess('pool-account');
  await button(drawer, 'pool.approve').click();
  await drawer.getByLabel(say('pool.reason_free')).waitFor();
  await visitor.shot('pool-approve');
  await button(drawer, 'pool.approve').click();
  await page.getByText(say('pool.done_approve', { name })).waitFor();
  await button(drawer, 'pool.exit').click();
  await drawer.getByLabel(say('pool.reason')).waitFor();
  await button(drawer, 'pool.exit').click();
  await alertOf(drawer, 'pool.needs_reason').waitFor();
  await drawer.getByLabel(say('pool.reason')).fill('连续两个季度无订单');
  await page.reload();
  await drawer.getByText('连续两个季度无订单').waitFor();
  await button(drawer, 'pool.exit').click();
  await page.getByText(say('pool.done_exit', { name })).waitFor();
  await drawer.getByRole('listitem').filter({ hasText: '连续两个季度无订单' }).waitFor();
}

/** A model whose scores the proposals come from. */
async function score(page) {
  const done = await page.evaluate(async () => {
    const { csrf_token: token } = await (await fetch('/api/v1/session')).json();
    const headers = { 'content-type': 'application/json', 'x-csrf-token': token };
    const send = async (path, body) => (await fetch(`/api/v1${path}`, {
      method: 'POST', headers, body: JSON.stringify(body),
    })).json();
    const { id } = await send('/identify/models', {
      name: '综合积分',
      criteria: [{
        key: 'net_sales', measure: 'net_sales', months: 12, weight: '1',
        bands: [
          { to: '500000', points: '20' }, { from: '500000', to: '2000000', points: '70' },
          { from: '2000000', points: '100' },
        ],
      }],
      thresholds: [
        { tier: 'strategic', from: '90' }, { tier: 'key', from: '60' },
        { tier: 'growth', from: '30' }, { tier: 'base', from: '0' },
      ],
    });
    const { job } = await send(`/identify/models/${id}/publish`, {});
    for (;;) {
      const { state } = await (await fetch(`/api/v1/jobs/${job}`)).json();
      if (state === 'done' || state === 'failed') return state;
      await new Promise((resolve) => {
        setTimeout(resolve, 200);
      });
    }
  });
  assert.equal(done, 'done');
}

async function openRound(visitor, page) {
  await page.goto('/pool/rounds');
  await page.getByText(say('pool.round_open'), { exact: true }).first().waitFor();
  await visitor.checkAccess('pool-rounds');
  await visitor.shot('pool-rounds');
  await page.getByRole('listitem').filter({ hasText: say('pool.round_open') })
    .first().getByRole('link').click();
  await page.getByRole('heading', { name: say('pool.no_proposals') }).waitFor();
  await button(page, 'pool.propose').click();
  await page.getByText(pattern(zh, 'pool.proposed')).first().waitFor();
}

const items = (page) => page.getByRole('listitem').filter({
  has: page.getByRole('button', { name: new RegExp(`^${say('pool.accept')} ·`) }),
});

/** One is refused with its reason, one agreed to, and then all that are left. */
async function decideAll(visitor, page) {
  await items(page).first().waitFor();
  await visitor.checkAccess('pool-round');
  await visitor.shot('pool-round');
  await page.getByText(pattern(zh, 'pool.still_open')).waitFor();
  assert.equal(await button(page, 'pool.close').isDisabled(), true);
  assert.ok(await items(page).count() > 1);
  const first = await items(page).first().getByRole('link').textContent();
  await items(page).first().getByRole('button', { name: new RegExp(`^${say('pool.decline')}`) })
    .click();
  await page.getByLabel(say('pool.why_not')).fill('先完成资料核对');
  await page.keyboard.press('Enter');
  await page.getByText('先完成资料核对').waitFor();
  const declined = page.getByRole('listitem').filter({ hasText: first });
  await declined.getByText(say('pool.declined')).waitFor();
  await items(page).first().getByRole('button').first().click();
  await page.getByRole('listitem').filter({ hasText: say('pool.accepted') }).first().waitFor();
  await page.getByRole('button', { name: pattern(zh, 'pool.accept_all') }).click();
  await page.getByText(pattern(zh, 'pool.accept_all_ask')).waitFor();
  await button(page, 'pool.accept').click();
  await page.getByText(pattern(zh, 'pool.accepted_n')).waitFor({ timeout: 120_000 });
  await items(page).first().waitFor({ state: 'detached' });
}

async function closeRound(visitor, page) {
  await page.getByLabel(say('pool.appraisal')).fill('入库客户贡献稳定，两户需重点跟进。');
  await page.getByLabel(say('pool.minutes_decision')).fill('按建议执行，下次评审在明年六月。');
  await button(page, 'pool.close').click();
  await page.getByText(say('pool.close_text')).waitFor();
  await button(page, 'pool.close').last().click();
  await page.getByText(pattern(zh, 'pool.closed_at')).waitFor();
  await page.getByText('按建议执行，下次评审在明年六月。').waitFor();
  assert.equal(await items(page).count(), 0);
  await visitor.checkAccess('pool-round-closed');
  await visitor.shot('pool-round-closed');
}

async function changeStandard(visitor, page) {
  await page.goto('/pool/standards');
  await button(page, 'pool.edit_standard', { tier: '战略客户' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.locator('#new-visit_days').fill('7');
  await button(drawer, 'action.save').click();
  await page.getByText(say('pool.standard_saved')).waitFor();
  await page.getByText(/^每 7 天一次/).waitFor();
  await visitor.checkAccess('pool-standards');
  await visitor.shot('pool-standards');
}

/** A group by conditions, whose accounts open; who is in it follows the data. */
async function makeSegment(visitor, page) {
  await page.goto('/pool/segments');
  await button(page, 'pool.new_segment').click();
  const drawer = page.getByRole('dialog');
  await button(drawer, 'action.save').click();
  await alertOf(drawer, 'pool.needs_name').waitFor();
  await alertOf(drawer, 'pool.needs_condition').waitFor();
  await drawer.getByLabel(say('pool.segment_name')).fill('战略与重点客户');
  for (const tier of ['战略客户', '重点客户']) {
    await choose(page, drawer.locator('#segment-tier'), tier);
  }
  await page.keyboard.press('Escape');
  await button(drawer, 'action.save').click();
  await page.getByText(say('pool.segment_saved')).waitFor();
  await visitor.checkAccess('pool-segments');
  await page.getByRole('button', { name: '战略与重点客户' }).click();
  await drawer.getByRole('link', { name: say('pool.open_list') }).waitFor();
  await drawer.getByRole('listitem').first().waitFor();
  await visitor.checkAccess('pool-segment');
  await visitor.shot('pool-segment');
}

/** A potential customer is screened; the product's own template says that it is a proposal. */
async function screenCandidate(visitor, page) {
  await page.goto('/pool');
  await page.getByRole('region', { name: '候选' }).getByRole('article').first()
    .getByRole('button').click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText(say('pool.proposal')).waitFor();
  await button(drawer, 'pool.screen').click();
  const questions = drawer.locator('fieldset [role="radiogroup"]');
  for (let at = 0; at < await questions.count(); at += 1) {
    await questions.nth(at).getByText('4', { exact: true }).click();
  }
  await visitor.checkAccess('pool-screening');
  await visitor.shot('pool-screening');
  await button(drawer, 'pool.screen_save').click();
  await drawer.getByText(say('pool.screen_passed')).waitFor();
}

/** The rules of admission: with a department and a day the next round stands in the calendar. */
async function keepPolicy(visitor, page) {
  await page.goto('/pool/policy');
  await page.getByText(say('pool.policy_shipped')).waitFor();
  await page.locator('#new-round_months').fill('600');
  await button(page, 'action.save').click();
  await page.getByRole('alert').first().waitFor();
  await page.locator('#new-round_months').fill('6');
  await button(page, 'action.save').click();
  await page.getByText(say('pool.policy_saved')).waitFor();
  await page.getByText(say('pool.policy_note')).waitFor();
  await visitor.checkAccess('pool-policy');
  await visitor.shot('pool-policy');
}

/** Two editions of a ranking: matched by name, what is doubtful chosen by a person. */
async function matchTargets(visitor, page) {
  const account = await page.evaluate(async () => {
    const answer = await fetch('/api/v1/records/account/query', {
      method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ select: ['name'], page: { limit: 1 } }),
    });
    return (await answer.json()).records[0].fields.name;
  });
  for (const [year, names] of [
    [2025, `1\t${account}\t3,000,000\n2\t旧城地产`], [2026, `1\t${account}\n2\t新星地产`],
  ]) {
    await page.goto('/pool/targets?new=1');
    const drawer = page.getByRole('dialog');
    await drawer.locator('#new-name').fill(`地产50强 ${year}`);
    await drawer.locator('#new-series').fill('地产50强');
    await drawer.locator('#new-year').fill(String(year));
    await drawer.locator('#new-year').press('Enter');
    await page.getByRole('heading', { name: say('pool.no_targets') }).waitFor();
    await button(page, 'pool.paste').click();
    await button(drawer, 'pool.paste_add').click();
    await alertOf(drawer, 'pool.needs_names').waitFor();
    await drawer.locator('#targets-paste').fill(names);
    await button(drawer, 'pool.paste_add_n', { n: 2 }).click();
    await button(page, 'pool.match').click();
    await page.getByText(say('pool.matched', { n: 1 })).waitFor();
  }
  await page.getByRole('heading', { name: say('pool.came_in', { n: 1 }) }).waitFor();
  await page.getByRole('link', { name: account }).waitFor();
  await visitor.checkAccess('pool-targets');
  await visitor.shot('pool-targets');
}

/** The administrator's own letters take the place of the shipped ones. */
async function changeTemplate(visitor, page) {
  await page.goto('/pool/screening');
  await page.getByText(say('pool.proposal')).waitFor();
  await page.locator('#letter-0-cut').fill('170');
  await button(page, 'action.save').click();
  await alertOf(page, 'pool.needs_cut_off').waitFor();
  await page.locator('#letter-0-cut').fill('70');
  await page.reload();
  assert.equal(await page.locator('#letter-0-cut').inputValue(), '70');
  await button(page, 'action.save').click();
  await page.getByText(say('pool.template_saved')).waitFor();
  await page.getByText(say('pool.proposal')).waitFor({ state: 'detached' });
  await visitor.checkAccess('pool-template');
  await visitor.shot('pool-template');
}

async function walk({ visitor, address, timeout }) {
  let page = await visitor.open(address);
  page.setDefaultTimeout(timeout);
  await signIn(page, zh);
  await decideRequest(visitor, page);
  await score(page);
  await openRound(visitor, page);
  await decideAll(visitor, page);
  await closeRound(visitor, page);
  const round = new URL(page.url()).pathname;
  await changeStandard(visitor, page);
  await makeSegment(visitor, page);
  await screenCandidate(visitor, page);
  await keepPolicy(visitor, page);
  await matchTargets(visitor, page);
  const targets = new URL(page.url()).pathname;
  await changeTemplate(visitor, page);
  page = await visitor.open(address, { viewport: PHONE, colorScheme: 'dark' });
  page.setDefaultTimeout(timeout);
  await signIn(page, zh);
  for (const [name, path] of [
    ['pool', '/pool'], ['pool-round', round], ['pool-standards', '/pool/standards'],
    ['pool-targets', targets], ['pool-policy', '/pool/policy'],
    ['pool-template', '/pool/screening'],
  ]) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await visitor.checkAccess(`${name}-phone`);
    await visitor.shot(`${name}-phone`);
  }
}

export const journeys = [
  {
    name: 'pool', prepare, walk,
    title: 'the pool: a request decided, a review round from proposal to decision [A5 A6 A7]',
  },
];
