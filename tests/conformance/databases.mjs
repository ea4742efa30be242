// The databases that every scenario runs on. Another one is another entry.
//
// fresh() → {url, remove()}: a database in which the administrator exists and nothing else.

import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { PostgresServer } from '../support/postgres.mjs';
import { ADMIN_PASSWORD, copyDatabase, Folder, Server } from '../support/server.mjs';

function sqlite(program) {
  const folder = new Folder('conformance');
  const template = folder.file('template.db');
  let ready;
  let made = 0;

  /** Signing up the administrator costs a password hash: once, then copies. */
  async function makeTemplate() {
    const server = await new Server(program, `sqlite:${template}`).start();
    await server.stop();
    if (!existsSync(template)) throw new Error('the server left no database');
  }

  return {
    name: 'SQLite',
    async fresh() {
      ready ??= makeTemplate();
      await ready;
      made += 1;
      const scratch = new Folder(`scenario-${made}`);
      copyDatabase(template, scratch.file('linchpin.db'));
      return {
        url: `sqlite:${scratch.file('linchpin.db')}`,
        folder: scratch,
        dump: () => Buffer.alloc(0), // the database is a file of the folder
        remove: () => scratch.remove(),
      };
    },
    close: () => folder.remove(),
  };
}

function postgres(program) {
  const template = 'scenario_template';
  let folder;
  let server;
  let ready;
  let made = 0;

  /** The first scenario starts the server; its key and uploads lie beside the data. */
  async function start() {
    folder = new Folder('postgres');
    server = new PostgresServer(folder.path).start();
    process.env.LINCHPIN_DATA = folder.file('files');
    process.once('exit', () => server.remove());
    server.sql(`CREATE DATABASE ${template}`);
    const first = await new Server(program, server.url(template)).start();
    await first.stop();
  }

  /** A copy of the template keeps its key, but not its files: those are of one workspace each. */
  function takeFiles(name) {
    const files = join(folder.path, 'files');
    const given = server.sql(`SELECT value FROM lp_main.lp_meta WHERE name = 'files'`, name);
    copyFileSync(join(files, `${given}.key`), join(files, `${name}.key`));
    server.sql(`UPDATE lp_main.lp_meta SET value = '${name}' WHERE name = 'files'`, name);
  }

  return {
    name: 'PostgreSQL',
    async fresh() {
      ready ??= start();
      await ready;
      made += 1;
      const name = `scenario_${made}`;
      const scratch = new Folder(`scenario-${made}`);
      server.sql(`CREATE DATABASE ${name} TEMPLATE ${template}`);
      takeFiles(name);
      return {
        url: server.url(name),
        folder: scratch,
        dump: () => Buffer.from(server.dump(name)),
        remove: () => {
          server.sql(`DROP DATABASE ${name} WITH (FORCE)`);
          scratch.remove();
        },
      };
    },
    close: () => server?.remove(),
  };
}

export function databases(program) {
  return [sqlite(program), postgres(program)];
}

export { ADMIN_PASSWORD };
