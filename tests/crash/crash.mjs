// Kills the server under load, again and again, and checks that nothing acknowledged is lost and
// nothing is half there: node tests/crash/crash.mjs [--preset NAME] [--rounds N] [--seed N]

import { parseArgs } from 'node:util';
import { Client } from '../support/client.mjs';
import { ADMIN_PASSWORD, binary, command, Folder, Server } from '../support/server.mjs';
import { fullDisk } from './full_disk.mjs';
import { interruptedImport } from './interrupted_import.mjs';

const CLIENTS = 16;
const SHORTEST_ROUND_MILLISECONDS = 150;
const LONGEST_ROUND_MILLISECONDS = 900;
const PAGE = 500;

/** A small generator, so that a failure can be repeated from its seed. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const admin = { login: 'admin', password: ADMIN_PASSWORD };

/** Creates accounts one after another until the connection breaks. */
async function writeUntilKilled(client, worker, round, acknowledged, attempted) {
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

async function storedAccounts(address) {
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

function compare(stored, acknowledged, attempted) {
  for (const [code, id] of acknowledged) {
    if (!stored.has(code)) throw new Error(`${code} was acknowledged and is lost`);
    if (stored.get(code) !== id) throw new Error(`${code} has another id than was acknowledged`);
  }
  for (const code of stored.keys()) {
    if (!attempted.has(code)) throw new Error(`${code} was never sent`);
  }
}

function checkDatabase(program, database) {
  const { status, stdout, stderr } = command(program, ['check', '--database', database]);
  if (status !== 0) throw new Error(`linchpin check ended with ${status}: ${stdout}${stderr}`);
}

async function killDuringWrites(program, rounds, random) {
  const folder = new Folder('crash');
  const database = `sqlite:${folder.file('linchpin.db')}`;
  const acknowledged = new Map();
  const attempted = new Set();
  for (let round = 1; round <= rounds; round += 1) {
    const server = await new Server(program, database).start();
    const span = LONGEST_ROUND_MILLISECONDS - SHORTEST_ROUND_MILLISECONDS;
    const first = new Client(server.address, admin);
    await first.signIn();
    const writers = Array.from({ length: CLIENTS }, (_, worker) =>
      writeUntilKilled(first.another(), worker, round, acknowledged, attempted));
    const writing = Promise.all(writers);
    await Promise.race([writing, new Promise((resolve) => {
      setTimeout(resolve, SHORTEST_ROUND_MILLISECONDS + random() * span);
    })]);
    await server.kill();
    await writing;
    first.close();
    checkDatabase(program, database);
  }
  const server = await new Server(program, database).start();
  compare(await storedAccounts(server.address), acknowledged, attempted);
  await server.stop();
  folder.remove();
  return `${rounds} kills, ${acknowledged.size} acknowledged records, each there once`;
}

async function main() {
  const { values } = parseArgs({
    options: {
      preset: { type: 'string', default: 'release' },
      rounds: { type: 'string', default: '8' },
      seed: { type: 'string', default: '20261121' },
    },
  });
  const program = binary(values.preset);
  const random = generator(Number(values.seed));
  const tests = {
    'kill -9 during writes': () => killDuringWrites(program, Number(values.rounds), random),
    'kill -9 during an import': () => interruptedImport(program, random),
    'a full disk': () => fullDisk(program),
  };
  let failed = 0;
  for (const [name, run] of Object.entries(tests)) {
    try {
      console.log(`ok      ${name}: ${await run()}`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${name} (seed ${values.seed}): ${error.stack}`);
    }
  }
  console.log(`${Object.keys(tests).length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main();
