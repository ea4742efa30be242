// Two server processes on one PostgreSQL database: one of them is killed, or the database itself.

import { Client } from '../support/client.mjs';
import { PostgresServer } from '../support/postgres.mjs';
import { Folder, Server } from '../support/server.mjs';
import {
  admin, checkDatabase, compare, ledger, storedAccounts, writeUntilKilled,
} from './load.mjs';

const CLIENTS_EACH = 8;
const ROUND_MILLISECONDS = 500;
const OUTAGES = 3;
const RECOVERY_MILLISECONDS = 20_000;

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

/** Runs `test` with two servers on a database that goes with it. */
async function withTwoServers(program, test) {
  const folder = new Folder('crash-postgres');
  const postgres = new PostgresServer(folder.path, { durable: true }).start();
  process.env.LINCHPIN_DATA = folder.file('files');
  const servers = [new Server(program, postgres.url()), new Server(program, postgres.url())];
  try {
    for (const server of servers) await server.start();
    return await test(servers, postgres);
  } finally {
    for (const server of servers) await server.kill();
    postgres.remove();
    delete process.env.LINCHPIN_DATA;
  }
}

/** Resolves when they have begun; `ended` tells how it went. */
async function startWriters(server, round, written) {
  const first = new Client(server.address, admin);
  await first.signIn();
  const writers = Array.from({ length: CLIENTS_EACH }, (_, worker) =>
    writeUntilKilled(first.another(), worker, round, written));
  first.close();
  return { ended: Promise.all(writers) };
}

function startAll(servers, written) {
  return Promise.all(servers.map((server, n) => startWriters(server, `0-${n}`, written)));
}

/** One server dies in each round, the other one goes on; the dead one comes back. */
export function killOneOfTwo(program, rounds) {
  return withTwoServers(program, async (servers, postgres) => {
    const written = ledger();
    const loads = await startAll(servers, written);
    for (let round = 1; round <= rounds; round += 1) {
      const dying = round % servers.length;
      await Promise.race([pause(ROUND_MILLISECONDS), ...loads.map(({ ended }) => ended)]);
      await servers[dying].kill();
      await loads[dying].ended;
      const before = written.acknowledged.size;
      await pause(ROUND_MILLISECONDS);
      if (written.acknowledged.size === before) throw new Error('the other server stood still');
      servers[dying] = await new Server(program, postgres.url()).start();
      loads[dying] = await startWriters(servers[dying], `${round}-${dying}`, written);
    }
    for (const server of servers) await server.kill();
    await Promise.all(loads.map(({ ended }) => ended));
    servers[0] = await new Server(program, postgres.url()).start();
    compare(await storedAccounts(servers[0].address), written);
    checkDatabase(program, postgres.url());
    return `${rounds} kills, ${written.acknowledged.size} acknowledged records, each there once`;
  });
}

/** Waits until records are acknowledged again; the time it took. */
async function recovery(written) {
  const before = written.acknowledged.size;
  const start = Date.now();
  while (written.acknowledged.size === before) {
    if (Date.now() - start > RECOVERY_MILLISECONDS) throw new Error('nothing is written any more');
    await pause(10);
  }
  return Date.now() - start;
}

/** The servers stay: they answer 503 while there is no database and go on by themselves. */
export function restartTheDatabase(program) {
  return withTwoServers(program, async (servers, postgres) => {
    const written = ledger();
    const loads = await startAll(servers, written);
    const failing = loads.map(({ ended }) => ended);
    let slowest = 0;
    for (let outage = 0; outage < OUTAGES; outage += 1) {
      await Promise.race([pause(ROUND_MILLISECONDS), ...failing]);
      postgres.stop(outage % 2 === 0 ? 'immediate' : 'fast');
      await Promise.race([pause(ROUND_MILLISECONDS), ...failing]);
      postgres.start();
      slowest = Math.max(slowest, await Promise.race([recovery(written), ...failing]));
      for (const server of servers) {
        if (!server.running) throw new Error(`a server ended:\n${server.log}`);
      }
    }
    for (const server of servers) await server.kill();
    await Promise.all(loads.map(({ ended }) => ended));
    servers[0] = await new Server(program, postgres.url()).start();
    compare(await storedAccounts(servers[0].address), written);
    checkDatabase(program, postgres.url());
    return `${OUTAGES} outages, writing again ${slowest} ms after the start, ` +
      `${written.acknowledged.size} acknowledged records, each there once`;
  });
}
