// kill -9 in the middle of an import: the next process goes on with it or says that it stopped,
// and no line is there twice or missing.

import { Client } from '../support/client.mjs';
import { ADMIN_PASSWORD, command, Folder, Server } from '../support/server.mjs';

const LINES = 60_000;
const LINES_PER_ORDER = 5;
const KILLS = 3;
const WAIT_MILLISECONDS = 120_000;
const POLL_MILLISECONDS = 10;

function salesFile() {
  const lines = ['order,day,account,product,quantity,price'];
  for (let n = 0; n < LINES; n += 1) {
    const order = Math.floor(n / LINES_PER_ORDER);
    const day = String(1 + (order % 28)).padStart(2, '0');
    lines.push(`S${order},2026-01-${day},A${order % 500},P${n % 40},${1 + (n % 9)},2.5`);
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}

const plan = {
  object: 'order_line', mode: 'create',
  mapping: [
    { column: 'order', field: 'order', link_by: 'number', missing: 'create' },
    { column: 'day', field: 'ordered_on' },
    { column: 'account', field: 'account', link_by: 'code', missing: 'create' },
    { column: 'product', field: 'product', link_by: 'code', missing: 'create' },
    { column: 'quantity', field: 'quantity' },
    { column: 'price', field: 'unit_price' },
  ],
};

async function asked(client, method, path, body) {
  const answer = await client.json(method, path, body);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.raw}`);
  return answer.body;
}

/** Asks until `wanted` says yes of the import. */
async function until(client, id, wanted) {
  const end = Date.now() + WAIT_MILLISECONDS;
  while (Date.now() < end) {
    const found = await asked(client, 'GET', `/imports/${id}`);
    if (wanted(found)) return found;
    await new Promise((resolve) => { setTimeout(resolve, POLL_MILLISECONDS); });
  }
  throw new Error(`the import ${id} did not get on`);
}

async function count(client, object) {
  const body = await asked(client, 'POST', `/records/${object}/query`,
    { page: { limit: 1 }, count: 'exact' });
  return body.count;
}

async function started(program, database) {
  const server = await new Server(program, database).start();
  const client = new Client(server.address, { login: 'admin', password: ADMIN_PASSWORD });
  return { server, client };
}

async function begin(client) {
  const uploaded = await client.upload('/imports', 'sales.csv', salesFile());
  if (uploaded.status !== 201) throw new Error(`upload: ${uploaded.status} ${uploaded.raw}`);
  const { id } = uploaded.body;
  await asked(client, 'PUT', `/imports/${id}/plan`, plan);
  await until(client, id, ({ state }) => state === 'planned');
  await asked(client, 'POST', `/imports/${id}/run`);
  return id;
}

const ENDED = ['done', 'failed', 'cancelled'];

export async function interruptedImport(program, random) {
  const folder = new Folder('crash-import');
  const database = `sqlite:${folder.file('linchpin.db')}`;
  let { server, client } = await started(program, database);
  const id = await begin(client);
  let interrupted = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const goal = LINES * (kill + random()) / KILLS * 0.9;
    const found = await until(client, id,
      ({ state, progress }) => ENDED.includes(state) || progress.done >= goal);
    if (ENDED.includes(found.state)) break;
    await server.kill();
    client.close();
    interrupted += 1;
    ({ server, client } = await started(program, database));
  }
  const end = await until(client, id, ({ state }) => ENDED.includes(state));
  const lines = await count(client, 'order_line');
  const orders = await count(client, 'order');
  client.close();
  await server.stop();
  const { status, stdout, stderr } = command(program, ['check', '--database', database]);
  if (status !== 0) throw new Error(`linchpin check ended with ${status}: ${stdout}${stderr}`);
  folder.remove();
  if (interrupted === 0) throw new Error('the import was over before it could be killed');
  verify(end, lines, orders);
  return `${interrupted} kills, ${end.state}, ${lines} lines in ${orders} orders`;
}

function verify(end, lines, orders) {
  if (end.state === 'done') {
    const right = lines === LINES && end.created === LINES && orders === LINES / LINES_PER_ORDER;
    const found = `${lines} lines, ${orders} orders: ${JSON.stringify(end)}`;
    if (!right) throw new Error(`done with ${found}`);
  } else if (lines > LINES || !end.problem) {
    throw new Error(`${end.state} with ${lines} lines and no reason: ${JSON.stringify(end)}`);
  }
}
