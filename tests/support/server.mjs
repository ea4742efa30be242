// Starts and stops the built server for tests, each time on a database of its own.

import { spawn, spawnSync } from 'node:child_process';
import { constants, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const START_MILLISECONDS = 30_000;
const STOP_MILLISECONDS = 30_000;
const KEPT_LOG_BYTES = 20_000;

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const ADMIN_PASSWORD = 'first-of-all-passwords-7';

export function binary(preset = 'release') {
  const path = join(root, 'build', preset, 'linchpin');
  if (!existsSync(path)) throw new Error(`${path} is not built: run script/build`);
  return path;
}

const environment = () => ({ ...process.env, LINCHPIN_ADMIN_PASSWORD: ADMIN_PASSWORD });

/** Runs the command line to its end: {status, stdout, stderr}. */
export function command(program, args, options = {}) {
  const { status, signal, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8', timeout: 120_000, maxBuffer: 64 << 20, env: environment(), ...options,
  });
  if (error) throw error;
  return { status: status ?? `signal ${signal}`, stdout, stderr };
}

export class Server {
  /** `before`: a command that runs the server, for example in another mount namespace. */
  constructor(program, database, before = [], options = ['--port', '0']) {
    this.options = options;
    this.command = [...before, program];
    this.database = database;
    this.log = '';
    this.printed = '';
  }

  /** Resolves once the server says where it listens. */
  async start() {
    const [first, ...rest] = this.command;
    const args = [...rest, 'serve', '--database', this.database, ...this.options];
    this.process = spawn(first, args, { env: environment() });
    this.ended = new Promise((resolve) => {
      this.process.once('exit', (status, signal) => resolve(signal ?? status));
    });
    this.process.stderr.on('data', (text) => {
      this.log = (this.log + text).slice(-KEPT_LOG_BYTES);
    });
    const listening = new Promise((resolve) => {
      this.process.stdout.on('data', (text) => {
        this.printed += text;
        const address = /^Listening on (http\S+)$/m.exec(this.printed);
        if (address) resolve(address[1]);
      });
    });
    const end = this.ended.then((status) => {
      throw new Error(`the server ended with ${status} before it listened\n${this.log}`);
    });
    this.address = await within(START_MILLISECONDS, Promise.race([listening, end]), 'starting');
    return this;
  }

  get running() {
    return this.process !== undefined && this.process.exitCode === null &&
      this.process.signalCode === null;
  }

  /** Asks the server to drain; its exit status. */
  async stop() {
    if (this.running) this.process.kill('SIGTERM');
    try {
      return await within(STOP_MILLISECONDS, this.ended, 'stopping');
    } catch (error) {
      await this.kill();
      throw error;
    }
  }

  /** As a crash would: no chance to tidy up. */
  async kill() {
    if (this.running) this.process.kill('SIGKILL');
    return this.ended;
  }
}

export async function within(milliseconds, promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took over ${milliseconds} ms`)),
      milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

export class Folder {
  constructor(name) {
    this.path = mkdtempSync(join(tmpdir(), `linchpin-${name}-`));
  }

  file(name) {
    return join(this.path, name);
  }

  remove() {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Copies an SQLite database that no process has open, with the key of its workspace. */
export function copyDatabase(from, to) {
  for (const suffix of ['', '-wal', '.key']) {
    if (!existsSync(from + suffix)) continue;
    copyFileSync(from + suffix, to + suffix, constants.COPYFILE_FICLONE);
  }
}
