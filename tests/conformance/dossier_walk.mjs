// What the operations of dossiers are called with.

import { formToken } from './forms_walk.mjs';

const WEEK_MILLISECONDS = 7 * 24 * 3_600_000;

// What depends on a service outside, which there is none of here.
export const NOT_SET_UP = { ask_registry: [409], apply_registry: [409] };

async function plannedVisit(walk) {
  const planned = new Date(Date.now() + WEEK_MILLISECONDS).toISOString();
  return walk.create('visit', { account: await walk.account(), planned_at: planned });
}

/** A visit of one's own, in a workspace that asks every role to check in. */
async function visitToCheckIn(walk) {
  const { fields } = await walk.must('GET', '/meta/objects/check_in_policy');
  const roles = fields.find(({ api_name: name }) => name === 'roles').options.map(({ key }) => key);
  walk.policy ??= await walk.create('check_in_policy', { name: '打卡', roles });
  return plannedVisit(walk);
}

/** Two accounts that are one customer; who asks owns both. */
async function twoAccounts(walk) {
  return { kept: await walk.account(), removed: await walk.account() };
}

async function mergeOfTwo(walk) {
  return (await walk.must('POST', '/duplicates/merges', await twoAccounts(walk))).id;
}

/** The card of an account, checked out by whoever makes it. */
async function takenPack(walk) {
  return (await walk.must('POST', '/dossier/packs', { account: await walk.account() })).id;
}

/** An account with an annual report of which one value is noted. */
async function accountWithReport(walk) {
  const account = await walk.account();
  const file = await walk.admin.upload('/attachments', '2025.txt', Buffer.from('甲'));
  walk.report = await walk.create('annual_report', {
    account, year: 2025, file: file.body.id,
    noted: [{ object: 'account', field: 'employees', value: '500', page: 3 }],
  });
  return account;
}

/** The path with its {token}, which needs no sign-in, filled in. */
export async function withToken(walk, path) {
  if (!path.includes('{token}')) return path;
  const calendar = path.startsWith('/dossier/calendar');
  const token = calendar
    ? (await walk.must('POST', '/dossier/calendar')).path.split('/').pop() : await formToken(walk);
  return path.replace('{token}', token);
}

/** What stands for {id} in their paths. */
export function dossierMakers(walk) {
  return {
    open_dossier: () => plannedVisit(walk), check_in: () => visitToCheckIn(walk),
    undo_merge: () => mergeOfTwo(walk), read_pack: () => takenPack(walk),
    pack_file: () => takenPack(walk),
    return_pack: () => takenPack(walk), apply_annual_report: () => accountWithReport(walk),
  };
}

/** Bodies that name a record. */
export async function namingBody(walk, { operationId }) {
  if (operationId === 'create_handover') return walk.handoverPlan();
  if (operationId === 'merge_accounts') return { ...await twoAccounts(walk), dry_run: true };
  if (operationId === 'take_pack') return { account: await walk.account() };
  if (operationId === 'check_cards') return { accounts: [await walk.account()] };
  if (operationId === 'apply_annual_report') {
    return { report: walk.report, version: 1, object: 'account', fields: ['employees'] };
  }
  if (operationId !== 'report_visit') return undefined;
  return { visit: await plannedVisit(walk), outcome: '认可方案', next_visit_on: '2026-12-05' };
}
