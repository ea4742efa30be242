// A throw-away PostgreSQL 15 that only this machine's unix sockets reach:
//   node tests/support/postgres.mjs start|pause|stop FOLDER [--durable]
// `start` takes up a running one; `pause` keeps the data, with `stop` they go.

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAMS = '/usr/lib/postgresql/15/bin';
const AS_POSTGRES = ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups'];
const MOST_CONNECTIONS = 200;
// A unix socket's path has at most 107 bytes.
const LONGEST_FOLDER = 80;

export class PostgresServer {
  /**
   * `folder` is made when it is not there and belongs to the server. `durable`: a commit waits for
   * the disk, as in service; without it only a crash of the machine could lose one.
   */
  constructor(folder, { durable = false } = {}) {
    this.durable = durable;
    this.folder = resolve(folder);
    if (this.folder.length > LONGEST_FOLDER) throw new Error(`${this.folder}: too long a path`);
    this.data = join(this.folder, 'data');
    this.log = join(this.folder, 'log');
  }

  /** PostgreSQL refuses to run as root: then it runs as the package's own user. */
  run(program, args) {
    const asRoot = process.getuid() === 0;
    const words = [join(PROGRAMS, program), ...args];
    const command = asRoot ? [...AS_POSTGRES, ...words] : words;
    const { status, stdout, stderr, error } = spawnSync(command[0], command.slice(1), {
      encoding: 'utf8', cwd: '/', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 << 20,
    });
    if (error) throw error;
    if (status !== 0) {
      const log = existsSync(this.log) ? readFileSync(this.log, 'utf8').slice(-2_000) : '';
      throw new Error(`${program} ended with ${status}\n${stdout}${stderr}${log}`);
    }
    return stdout;
  }

  start() {
    // What a server without fsync has left that ended without a word is not to be trusted.
    if (!this.durable && existsSync(join(this.data, 'postmaster.pid')) && !this.isRunning()) {
      rmSync(this.folder, { recursive: true, force: true });
    }
    if (!existsSync(this.data)) {
      mkdirSync(this.folder, { recursive: true });
      chmodSync(this.folder, 0o777);
      this.run('initdb', ['--pgdata', this.data, '--username', 'postgres', '--auth', 'trust',
        '--encoding', 'UTF8', '--locale', 'C.UTF-8', '--no-sync']);
    }
    if (!this.isRunning()) {
      const settings = `-c listen_addresses='' -c unix_socket_directories='${this.folder}' ` +
        `-c max_connections=${MOST_CONNECTIONS} -c fsync=${this.durable ? 'on' : 'off'}`;
      this.run('pg_ctl', ['start', '--wait', '--silent', '--pgdata', this.data, '--log', this.log,
        '--options', settings]);
    }
    return this;
  }

  /** A server that ended without a word has left its postmaster.pid, so that alone says nothing. */
  isRunning() {
    if (!existsSync(join(this.data, 'postmaster.pid'))) return false;
    try {
      this.run('pg_ctl', ['status', '--pgdata', this.data]);
      return true;
    } catch {
      return false;
    }
  }

  /** `mode`: smart, fast or immediate, which is like a crash. */
  stop(mode = 'fast') {
    if (!this.isRunning()) return;
    this.run('pg_ctl', ['stop', '--wait', '--silent', '--pgdata', this.data, '--mode', mode]);
  }

  remove() {
    this.stop('immediate');
    rmSync(this.folder, { recursive: true, force: true });
  }

  url(database = 'postgres') {
    return `postgresql://postgres@/${database}?host=${this.folder}`;
  }

  sql(text, database = 'postgres') {
    return this.run('psql', ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--username',
      'postgres', '--host', this.folder, '--dbname', database, '--command', text]).trim();
  }

  /** All that a database holds, as text; bytes as hexadecimal digits. */
  dump(database) {
    return this.run('pg_dump', ['--username', 'postgres', '--host', this.folder, '--dbname',
      database]);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [action, folder, durable] = process.argv.slice(2);
  const server = new PostgresServer(folder, { durable: durable === '--durable' });
  if (action === 'start') server.start();
  else if (action === 'pause') server.stop();
  else if (action === 'stop') server.remove();
  else throw new Error('node tests/support/postgres.mjs start|pause|stop FOLDER [--durable]');
}
