// A disk that fills up: writes are refused in words, reads go on, nothing acknowledged is lost, and
// writing goes on as soon as there is room.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Client } from '../support/client.mjs';
import { ADMIN_PASSWORD, command, Folder, Server, within } from '../support/server.mjs';

const DISK_MEBIBYTES = 24;
const FILLER_MEBIBYTES = 6;
const REMARKS = '满'.repeat(20_000);
const MOST_RECORDS = 2_000;
const MOUNT_MILLISECONDS = 5_000;

/** A small file system that only the returned command sees. */
async function smallDisk(folder) {
  const isRoot = process.getuid() === 0;
  const script = `mount -t tmpfs -o size=${DISK_MEBIBYTES}m tmpfs "$0" && ` +
    `head -c ${FILLER_MEBIBYTES}M /dev/zero >"$0/filler" && echo ready && exec sleep 600`;
  const namespaces = isRoot ? ['--mount'] : ['--map-root-user', '--mount'];
  const holder = spawn('unshare', [...namespaces, 'sh', '-c', script, folder.path]);
  const ready = Promise.race([once(holder.stdout, 'data'), once(holder, 'exit').then(() => {
    throw new Error('a file system of its own could not be mounted (unshare)');
  })]);
  await within(MOUNT_MILLISECONDS, ready, 'mounting');
  const entered = isRoot ? ['--mount'] : ['--user', '--preserve-credentials', '--mount'];
  return {
    within: ['nsenter', '--target', String(holder.pid), ...entered, '--'],
    remove: () => holder.kill('SIGKILL'),
  };
}

function create(client, n) {
  const fields = { code: `F${n}`, name: `客户 ${n}`, remarks: REMARKS };
  return client.json('POST', '/records/account', { fields });
}

async function storedCount(client) {
  const { status, body, raw } = await client.json('POST', '/records/account/query',
    { page: { limit: 1 }, count: 'exact' });
  if (status !== 200) throw new Error(`reading on a full disk answered ${status}: ${raw}`);
  return body.count;
}

/** Writes until the disk is full: how many were acknowledged. */
async function fill(client) {
  for (let n = 0; n < MOST_RECORDS; n += 1) {
    const answer = await create(client, n);
    if (answer.status === 201) continue;
    if (answer.status !== 503 || answer.body.code !== 'storage_full') {
      throw new Error(`a full disk was answered with ${answer.status}: ${answer.raw}`);
    }
    return n;
  }
  throw new Error('the disk did not fill up');
}

export async function fullDisk(program) {
  const folder = new Folder('full-disk');
  const copy = new Folder('full-disk-copy');
  const disk = await smallDisk(folder);
  const database = `sqlite:${folder.file('linchpin.db')}`;
  try {
    const server = await new Server(program, database, disk.within).start();
    const client = new Client(server.address, { login: 'admin', password: ADMIN_PASSWORD });
    const acknowledged = await fill(client);
    const stored = await storedCount(client);
    if (stored !== acknowledged) throw new Error(`${acknowledged} acknowledged, ${stored} stored`);
    const [enter, ...rest] = disk.within;
    command(enter, [...rest, 'rm', folder.file('filler')]);
    const after = await create(client, acknowledged);
    if (after.status !== 201) throw new Error(`with room again: ${after.status} ${after.raw}`);
    client.close();
    await server.stop();
    // The check needs a little room of its own, so it looks at a copy elsewhere.
    command(enter, [...rest, 'sh', '-c', 'cp -r "$0"/linchpin.db* "$1"', folder.path, copy.path]);
    const copied = `sqlite:${copy.file('linchpin.db')}`;
    const check = command(program, ['check', '--database', copied]);
    if (check.status !== 0) throw new Error(`linchpin check: ${check.stdout}${check.stderr}`);
    return `${acknowledged} records, then refused, then written again`;
  } finally {
    disk.remove();
    folder.remove();
    copy.remove();
  }
}
