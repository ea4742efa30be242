// What the measurements in a real browser have in common: a server of its own on a database of its
// own, and a browser.

import { Visitor } from '../journeys/browser.mjs';
import { binary, Folder, Server } from '../support/server.mjs';

/** `--name VALUE` of the command. */
export function option(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? otherwise : process.argv[at + 1];
}

/**
 * `prepare(program, file)` may put a database there before the server starts;
 * `measure(visitor, address)` says whether the limits were kept. Gives the exit code.
 */
export async function measureInBrowser(title, measure, prepare = () => {}) {
  const program = binary(option('preset', 'release'));
  const folder = new Folder('measurement');
  const visitor = await Visitor.launch();
  try {
    const file = folder.file('linchpin.db');
    prepare(program, file);
    const server = await new Server(program, `sqlite:${file}`).start();
    try {
      console.log(`\n${title}`);
      return await measure(visitor, server.address) ? 0 : 1;
    } finally {
      await server.stop();
    }
  } finally {
    await visitor.close();
    folder.remove();
  }
}
