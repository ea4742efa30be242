// An account with a long history, for the measurement of its page.

export const LARGE_ACCOUNT = {
  lines: 50_000, orders: 1_000, contacts: 500, visits: 1_000, comments: 1_000,
};

const BATCH = 1_000;
const FIRST_DAY = Date.UTC(2024, 0, 1);
const DAYS = 1_000;
const MILLISECONDS_PER_DAY = 86_400_000;

const dayOf = (at) => new Date(FIRST_DAY + (at % DAYS) * MILLISECONDS_PER_DAY)
  .toISOString().slice(0, 10);

async function createAll(call, object, count, fieldsOf) {
  const made = [];
  for (let from = 0; from < count; from += BATCH) {
    const ops = Array.from({ length: Math.min(BATCH, count - from) }, (_, at) => (
      { op: 'create', fields: fieldsOf(from + at) }
    ));
    const { results } = await call(`/records/${object}/batch`, { mode: 'atomic', ops });
    made.push(...results.map(({ id }) => id));
  }
  return made;
}

/** `call(path, body)` asks the API; gives the id of the account. */
export async function largeAccount(call) {
  const { id: account } = await call('/records/account', {
    fields: { code: 'L1', name: '华北电力集团', credit_limit: '5000000' },
  });
  const { lines, orders, contacts, visits, comments } = LARGE_ACCOUNT;
  const ordered = await createAll(call, 'order', orders, (at) => (
    { number: `O${at}`, account, ordered_at: `${dayOf(at)}T02:00:00Z` }
  ));
  await createAll(call, 'order_line', lines, (at) => ({
    order: ordered[at % orders], account, ordered_on: dayOf(at % orders),
    quantity: String(1 + at % 9), unit_price: '125.5',
  }));
  await createAll(call, 'contact', contacts, (at) => (
    { account, name: `联系人${at}`, layer: 'operating', function: 'user' }
  ));
  await createAll(call, 'visit', visits, (at) => ({
    account, subject: `例行拜访${at}`, planned_at: `${dayOf(at)}T06:00:00Z`, state: 'reported',
    outcome: '客户认可交付进度',
  }));
  await createAll(call, 'comment', comments, (at) => ({ account, body: `补充说明${at}` }));
  return account;
}
