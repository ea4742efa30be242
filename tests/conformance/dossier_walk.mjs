// What the operations of dossiers are called with.

const WEEK_MILLISECONDS = 7 * 24 * 3_600_000;

export async function plannedVisit(walk) {
  const planned = new Date(Date.now() + WEEK_MILLISECONDS).toISOString();
  return walk.create('visit', { account: await walk.account(), planned_at: planned });
}

/** Two accounts that are one customer; who asks owns both. */
async function twoAccounts(walk) {
  return { kept: await walk.account(), removed: await walk.account() };
}

export async function mergeOfTwo(walk) {
  return (await walk.must('POST', '/duplicates/merges', await twoAccounts(walk))).id;
}

/** Bodies that name a record. */
export async function namingBody(walk, { operationId }) {
  if (operationId === 'create_handover') return walk.handoverPlan();
  if (operationId === 'merge_accounts') return { ...await twoAccounts(walk), dry_run: true };
  if (operationId === 'check_cards') return { accounts: [await walk.account()] };
  if (operationId !== 'report_visit') return undefined;
  return { visit: await plannedVisit(walk), outcome: '认可方案', next_visit_on: '2026-12-05' };
}
