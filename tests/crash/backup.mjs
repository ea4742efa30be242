// A backup that is taken while people write, the server killed, and the backup put back: what was
// acknowledged before it began is there, and nothing that nobody had sent when it ended.

import { spawn } from 'node:child_process';
import { Client } from '../support/client.mjs';
import { PostgresServer } from '../support/postgres.mjs';
import { ADMIN_PASSWORD, Folder, Server } from '../support/server.mjs';
import {
  admin, checkDatabase, compare, ledger, storedAccounts, writeUntilKilled,
} from './load.mjs';

const CLIENTS = 8;
const HEAD_START_MILLISECONDS = 400;
// A database server notices a moment later that a client is dead.
const GONE_MILLISECONDS = 10_000;

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

/** Runs the program while this process goes on: {status, output}. */
function run(program, args) {
  return new Promise((resolve, reject) => {
    const environment = { ...process.env, LINCHPIN_ADMIN_PASSWORD: ADMIN_PASSWORD };
    const child = spawn(program, args, { env: environment });
    let output = '';
    const keep = (text) => { output += text; };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, output }));
  });
}

async function must(program, args) {
  const { status, output } = await run(program, args);
  if (status !== 0) throw new Error(`${args[0]} ended with ${status}: ${output}`);
}

async function putBack(program, restore) {
  const until = Date.now() + GONE_MILLISECONDS;
  for (;;) {
    const { status, output } = await run(program, restore);
    if (status === 0) return;
    if (Date.now() > until) throw new Error(`restore ended with ${status}: ${output}`);
    await pause(100);
  }
}

async function saveAndRestore(program, database, copy) {
  const server = await new Server(program, database).start();
  const written = ledger();
  const first = new Client(server.address, admin);
  await first.signIn();
  const writing = Promise.all(Array.from({ length: CLIENTS }, (_, worker) =>
    writeUntilKilled(first.another(), worker, 1, written)));
  first.close();
  await Promise.race([pause(HEAD_START_MILLISECONDS), writing]);

  const before = new Map(written.acknowledged);
  await must(program, ['backup', copy, '--database', database]);
  const sent = new Set(written.attempted);
  if (written.acknowledged.size === before.size) throw new Error('nobody could write meanwhile');
  const restore = ['restore', copy, '--replace', '--database', database];
  if ((await run(program, restore)).status === 0) throw new Error('restored below a server');
  await server.kill();
  await writing;

  await putBack(program, restore);
  checkDatabase(program, database);
  const again = await new Server(program, database).start();
  const stored = await storedAccounts(again.address);
  compare(stored, { acknowledged: before, attempted: sent });
  await again.stop();
  return `${stored.size} of ${written.acknowledged.size} records`;
}

export async function backupUnderLoad(program) {
  const folder = new Folder('backup');
  const postgres = new PostgresServer(new Folder('backup-postgres').path, { durable: true });
  process.env.LINCHPIN_DATA = folder.file('files');
  try {
    const sqlite = `sqlite:${folder.file('linchpin.db')}`;
    const one = await saveAndRestore(program, sqlite, folder.file('sqlite.copy'));
    const other = await saveAndRestore(program, postgres.start().url(), folder.file('pg.copy'));
    return `put back ${one} (SQLite), ${other} (PostgreSQL)`;
  } finally {
    postgres.remove();
    folder.remove();
    delete process.env.LINCHPIN_DATA;
  }
}
