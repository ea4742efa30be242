// What the operations of the pool are called with: accounts in every state of it, rounds, segments
// and target lists, made by the walk.

import { Client } from '../support/client.mjs';
import { ADMIN_PASSWORD } from '../support/server.mjs';

/** An answer to what somebody else than the administrator asks. */
export async function another(walk, work) {
  walk.made += 1;
  const login = `another${walk.made}`;
  const id = await walk.create('user', { login, name: login, roles: ['operations'] });
  await walk.must('POST', `/users/${id}/password`, { password: ADMIN_PASSWORD });
  const person = new Client(walk.address, { login, password: ADMIN_PASSWORD });
  try {
    return await work(person);
  } finally {
    person.close();
  }
}

/** An account that has something to show. */
async function promising(walk) {
  const id = await walk.account();
  await walk.must('PATCH', `/records/account/${id}`, {
    fields: { purchase_potential: '1000000.00' }, base: { purchase_potential: null },
  });
  return id;
}

/** One for which another asks. */
async function requested(walk, more = {}) {
  const id = await promising(walk);
  const answer = await another(walk, (person) =>
    person.json('POST', `/identify/pool/${id}/request`, { reason: '增长', tier: 'key', ...more }));
  if (answer.status !== 200) throw new Error(`no request: ${answer.status} ${answer.raw}`);
  return id;
}

async function pooled(walk) {
  const id = await requested(walk);
  await walk.must('POST', `/identify/pool/${id}/approve`);
  return id;
}

async function blacklisted(walk) {
  const id = await promising(walk);
  await walk.must('POST', `/identify/pool/${id}/blacklist`, { reason: '长期拖欠货款' });
  return id;
}

async function moved(walk) {
  const { user } = await walk.must('GET', '/session');
  const sides = [];
  for (const name of ['东区', '西区']) {
    sides.push(await walk.create('department', { name, head: user.id }));
  }
  return requested(walk, {
    transfer: { from_department: sides[0], to_department: sides[1], amount: '100.00' },
  });
}

async function round(walk) {
  walk.made += 1;
  const name = `walk${walk.made}`;
  const department = await walk.create('department', { name });
  const days = { opens_on: '2020-01-01', closes_on: '2099-12-31' };
  return walk.create('pool_round', { name, department, ...days });
}

async function proposal(walk) {
  const account = await pooled(walk);
  const { items } = await walk.must('POST', `/identify/pool/rounds/${await round(walk)}/propose`);
  return items.find((item) => item.account.id === account).id;
}

function segment(walk) {
  walk.made += 1;
  const filter = { op: 'not_empty', field: 'name' };
  return walk.create('segment', { name: `walk${walk.made}`, filter });
}

async function targets(walk) {
  walk.made += 1;
  const name = `walk${walk.made}`;
  const list = await walk.create('target_list', { name, series: '地产50强', year: 2026 });
  await walk.create('target_entry', { list, rank: 1, name: `碧海地产${walk.made}` });
  return list;
}

/** What stands for {account} in a path. */
export function accountInPool(walk, { operationId }) {
  const makers = {
    pool_approve: requested, pool_reject: requested, pool_watch: pooled, pool_exit: pooled,
    pool_lift: blacklisted, pool_accept_transfer: moved,
  };
  return (makers[operationId] ?? promising)(walk);
}

/** What stands for {id} in a path, by operation. */
export function poolMakers(walk) {
  const account = () => walk.account();
  return {
    account_tags: account, screening: account, screen_account: account, pool_account: account,
    pool_round: () => round(walk), pool_propose: () => round(walk),
    pool_close_round: () => round(walk), pool_decide: () => proposal(walk),
    segment_accounts: () => segment(walk),
    target_list: () => targets(walk), match_targets: () => targets(walk),
    target_candidates: () => targets(walk),
  };
}
