// Fields and objects are made while people write: no write fails, and none is slower for it.
//
//   node tests/load/metadata.mjs [--preset NAME] [--records N]
//
// On both databases, each with N accounts (default 100,000). Says how long writes took before and
// while metadata changed; ends with 1 when one failed or took longer than the limit.

import { PostgresServer } from '../support/postgres.mjs';
import { binary, command, Folder, Server } from '../support/server.mjs';
import { Client } from '../support/client.mjs';

const WRITERS = 8;
const QUIET_MILLISECONDS = 5_000;
const CHANGES = 20;
const BETWEEN_MILLISECONDS = 100;
const SLOWER_MILLISECONDS = 100;
const WAIT_MILLISECONDS = 600_000;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function option(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? otherwise : process.argv[at + 1];
}

async function until(client, path, state) {
  const end = Date.now() + WAIT_MILLISECONDS;
  for (;;) {
    const body = await client.must('GET', path);
    if (body.state === state) return body;
    if (['failed', 'cancelled'].includes(body.state) || Date.now() > end) {
      throw new Error(`${path} is ${body.state}: ${JSON.stringify(body.problem)}`);
    }
    await pause(BETWEEN_MILLISECONDS);
  }
}

async function fill(client, records) {
  const rows = ['code,name'];
  for (let n = 0; n < records; n += 1) rows.push(`LOAD${n},负荷测试有限公司${n}`);
  const { body } = await client.upload('/imports', 'load.csv', Buffer.from(rows.join('\n')));
  const mapping = ['code', 'name'].map((field) => ({ column: field, field }));
  await client.must('PUT', `/imports/${body.id}/plan`, {
    object: 'account', mode: 'create', mapping,
  });
  await until(client, `/imports/${body.id}`, 'planned');
  await client.must('POST', `/imports/${body.id}/run`);
  await until(client, `/imports/${body.id}`, 'done');
}

function tokenFor(database) {
  const args = ['token', 'create', '--user', 'admin', '--database', database];
  const { status, stdout, stderr } = command(binary(option('preset', 'release')), args);
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

/** Somebody who patches one account after the other, as fast as he is answered. */
async function write(client, accounts, seen) {
  for (let n = 0; !seen.over; n += 1) {
    const id = accounts[n % accounts.length];
    const start = performance.now();
    const answer = await client.json('PATCH', `/records/account/${id}`,
      { fields: { remarks: `${n}` } }, { 'if-match': '*' });
    const took = performance.now() - start;
    if (answer.status !== 200) seen.failures.push(`${answer.status} ${answer.raw}`);
    seen.times[seen.phase].push(took);
  }
}

function said(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { writes: sorted.length, p50: at(0.5), p99: at(0.99), max: sorted.at(-1) };
}

async function changeMetadata(client, seen) {
  const stamp = Date.now().toString(36);
  for (let n = 0; n < CHANGES; n += 1) {
    await client.must('POST', '/meta/objects/account/fields', {
      api_name: `load_${stamp}_${n}`, type: n % 2 === 0 ? 'text' : 'money', label: { en: 'Load' },
    });
    await client.must('POST', '/meta/objects', {
      api_name: `load_${stamp}_object_${n}`, label: { en: 'Load' },
    });
    await pause(BETWEEN_MILLISECONDS);
  }
  seen.phase = 'typeChange';
  const field = `load_${stamp}_0`;
  const { job } = await client.must('PATCH', `/meta/objects/account/fields/${field}`,
    { type: 'integer' });
  await until(client, `/jobs/${job}`, 'done');
}

async function measure(server) {
  const admin = new Client(server.address, { token: tokenFor(server.database) });
  await fill(admin, Number(option('records', '100000')));
  const page = await admin.must('POST', '/records/account/query',
    { select: ['name'], page: { limit: 400 } });
  const accounts = page.records.map(({ id }) => id);
  const seen = {
    phase: 'before', over: false, failures: [], times: { before: [], during: [], typeChange: [] },
  };
  const clients = Array.from({ length: WRITERS }, () => admin.another());
  const writers = clients.map((client, n) =>
    write(client, accounts.filter((_, at) => at % WRITERS === n), seen));
  await pause(QUIET_MILLISECONDS);
  seen.phase = 'during';
  await changeMetadata(admin, seen);
  seen.over = true;
  await Promise.all(writers);
  [admin, ...clients].forEach((client) => client.close());
  return seen;
}

/** Whether no write failed or waited on the database `url`. */
async function judge(url) {
  const server = await new Server(binary(option('preset', 'release')), url).start();
  try {
    const seen = await measure(server);
    const before = said(seen.times.before);
    let good = seen.failures.length === 0;
    for (const [phase, times] of Object.entries(seen.times)) {
      const { writes, p50, p99, max } = said(times);
      const shown = [p50, p99, max].map((time) => time.toFixed(1));
      console.log(`${phase}: ${writes} writes, p50 ${shown[0]} ms, p99 ${shown[1]} ms, ` +
        `slowest ${shown[2]} ms`);
      if (max > before.max + SLOWER_MILLISECONDS) good = false;
    }
    console.log(`${seen.failures.length} writes failed`);
    seen.failures.slice(0, 3).forEach((text) => console.log(`  ${text}`));
    return good;
  } finally {
    await server.stop();
  }
}

async function main() {
  const folder = new Folder('metadata');
  process.env.LINCHPIN_DATA = folder.file('files');
  // Beside the folder, which is nobody else's to enter.
  const postgres = new PostgresServer(`${folder.path}-postgres`, { durable: true });
  try {
    console.log('\nMetadata changed while people write, SQLite');
    const first = await judge(`sqlite:${folder.file('load.db')}`);
    console.log('\nMetadata changed while people write, PostgreSQL');
    const second = await judge(postgres.start().url());
    return first && second ? 0 : 1;
  } finally {
    postgres.remove();
    folder.remove();
  }
}

process.exitCode = await main();
