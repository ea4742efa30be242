// The databases that every scenario runs on. Another one is another entry.
//
// fresh() → {url, remove()}: a database in which the administrator exists and nothing else.

import { existsSync } from 'node:fs';
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
        remove: () => scratch.remove(),
      };
    },
    close: () => folder.remove(),
  };
}

export function databases(program) {
  return [sqlite(program)];
}

export { ADMIN_PASSWORD };
