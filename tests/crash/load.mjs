// People who create accounts without pause, and what must be there afterwards.

import { Client } from '../support/client.mjs';
import { ADMIN_PASSWORD, command } from '../support/server.mjs';

const PAGE = 500;

export const admin = { login: 'admin', password: ADMIN_PASSWORD };

/** What was sent, and what was answered with 201. */
export function ledger() {
  return { acknowledged: new Map(), attempted: new Set() };
}

/** Creates accounts one after another until the connection breaks. */
export async function writeUntilKilled(client, worker, round, { acknowledged, attempted }) {
  try {
    for (let n = 0; ; n += 1) {
      const code = `R${round}-W${worker}-${n}`;
      attempted.add(code);
      const fields = { code, name: `客户 ${code}`, city: '北京' };
      const answer = await client.json('POST', '/records/account', { fields });
      if (answer.status === 201) acknowledged.set(code, answer.body.id);
      else if (answer.status !== 503) throw new Error(`${answer.status}: ${answer.raw}`);
    }
  } catch (error) {
    // A broken connection is what this test is about; everything else is a failure.
    if (!/ECONNRESET|ECONNREFUSED|EPIPE|socket hang up/.test(`${error.code} ${error.message}`)) {
      throw error;
    }
  } finally {
    client.close();
  }
}

export async function storedAccounts(address) {
  const client = new Client(address, admin);
  const stored = new Map();
  for (let after = undefined; ;) {
    const { body, status, raw } = await client.json('POST', '/records/account/query', {
      select: ['code'], sort: [{ field: 'code', dir: 'asc' }], page: { limit: PAGE, after },
    });
    if (status !== 200) throw new Error(`the query answered ${status}: ${raw}`);
    for (const { id, fields } of body.records) {
      if (stored.has(fields.code)) throw new Error(`${fields.code} is there twice`);
      stored.set(fields.code, id);
    }
    if (!body.page.has_more) break;
    after = body.page.next;
  }
  client.close();
  return stored;
}

export function compare(stored, { acknowledged, attempted }) {
  for (const [code, id] of acknowledged) {
    if (!stored.has(code)) throw new Error(`${code} was acknowledged and is lost`);
    if (stored.get(code) !== id) throw new Error(`${code} has another id than was acknowledged`);
  }
  for (const code of stored.keys()) {
    if (!attempted.has(code)) throw new Error(`${code} was never sent`);
  }
}

export function checkDatabase(program, database) {
  const { status, stdout, stderr } = command(program, ['check', '--database', database]);
  if (status !== 0) throw new Error(`linchpin check ended with ${status}: ${stdout}${stderr}`);
}
