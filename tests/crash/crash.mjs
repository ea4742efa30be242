// Kills the server under load, again and again, and checks that nothing acknowledged is lost and
// nothing is half there: node tests/crash/crash.mjs [--preset NAME] [--rounds N] [--seed N] [word]…
// A word chooses tests by their names.

import { parseArgs } from 'node:util';
import { Client } from '../support/client.mjs';
import { binary, Folder, Server } from '../support/server.mjs';
import { backupUnderLoad } from './backup.mjs';
import { fullDisk } from './full_disk.mjs';
import { interruptedImport } from './interrupted_import.mjs';
import {
  admin, checkDatabase, compare, ledger, storedAccounts, writeUntilKilled,
} from './load.mjs';
import { killOneOfTwo, restartTheDatabase } from './postgres.mjs';

const CLIENTS = 16;
const SHORTEST_ROUND_MILLISECONDS = 150;
const LONGEST_ROUND_MILLISECONDS = 900;

/** A small generator, so that a failure can be repeated from its seed. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

async function killDuringWrites(program, rounds, random) {
  const folder = new Folder('crash');
  const database = `sqlite:${folder.file('linchpin.db')}`;
  const written = ledger();
  for (let round = 1; round <= rounds; round += 1) {
    const server = await new Server(program, database).start();
    const span = LONGEST_ROUND_MILLISECONDS - SHORTEST_ROUND_MILLISECONDS;
    const first = new Client(server.address, admin);
    await first.signIn();
    const writers = Array.from({ length: CLIENTS }, (_, worker) =>
      writeUntilKilled(first.another(), worker, round, written));
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
  compare(await storedAccounts(server.address), written);
  await server.stop();
  folder.remove();
  return `${rounds} kills, ${written.acknowledged.size} acknowledged records, each there once`;
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
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
    'a backup under load': () => backupUnderLoad(program),
    'kill -9 of one of two servers': () => killOneOfTwo(program, Number(values.rounds)),
    'PostgreSQL restarted under load': () => restartTheDatabase(program),
  };
  const chosen = Object.entries(tests)
    .filter(([name]) => positionals.every((word) => name.includes(word)));
  let failed = 0;
  for (const [name, run] of chosen) {
    try {
      console.log(`ok      ${name}: ${await run()}`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${name} (seed ${values.seed}): ${error.stack}`);
    }
  }
  console.log(`${chosen.length - failed} passed, ${failed} failed`);
  return failed === 0 && chosen.length > 0 ? 0 : 1;
}

process.exitCode = await main();
