// The grid over a long table in a real browser: how soon the first rows stand there, how soon the
// middle, how smoothly it scrolls, and what the page holds.
//
//   node tests/load/grid.mjs [--preset NAME] [--rows N]
//
// LINCHPIN_BIG_TABLE names a ready SQLite database with so many accounts (as script/bench leaves
// it); it is copied. Without it one is made, once.
//
// Ends with 1 when the first rows took over a second, more than 1 % of the frames while scrolling
// came later than 32 ms after the one before, or the page held more than 200 MB.

import { signIn, Visitor } from '../journeys/browser.mjs';
import { copyBigTable } from '../support/big_table.mjs';
import { jumpToMiddle, memoryOf, MOST_HEAP_BYTES, openGrid } from '../support/long_grid.mjs';
import { binary, Folder, Server } from '../support/server.mjs';

const TRIES = 5;
const OPEN_MILLISECONDS = 1_000;
const LATE_MILLISECONDS = 32;
const MOST_LATE = 0.01;
const SCROLLED_PIXELS = 60_000;
const PIXELS_PER_SECOND = 4_000;

function option(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? otherwise : process.argv[at + 1];
}

const median = (values) => [...values].sort((one, other) => one - other)[values.length >> 1];

/** The times between the frames of a ride, as a hand on the wheel makes it. */
async function ride(visitor, page) {
  const session = await visitor.context.newCDPSession(page);
  const { width, height } = page.viewportSize();
  await page.evaluate(() => {
    const gaps = [];
    let before = performance.now();
    const frame = (now) => {
      gaps.push(now - before);
      before = now;
      globalThis.asked = requestAnimationFrame(frame);
    };
    globalThis.gaps = gaps;
    globalThis.asked = requestAnimationFrame(frame);
  });
  await session.send('Input.synthesizeScrollGesture', {
    x: width / 2, y: height / 2, yDistance: -SCROLLED_PIXELS, speed: PIXELS_PER_SECOND,
    gestureSourceType: 'mouse',
  });
  return page.evaluate(() => {
    cancelAnimationFrame(globalThis.asked);
    return globalThis.gaps.slice(1);
  });
}

async function measure(visitor, address, rows) {
  const page = await visitor.open(address);
  await signIn(page, 'zh-CN');
  const opens = [];
  for (let at = 0; at < TRIES; at += 1) opens.push(await openGrid(page));
  const jump = await jumpToMiddle(page, rows);
  const gaps = await ride(visitor, page);
  const late = gaps.filter((gap) => gap > LATE_MILLISECONDS).length / gaps.length;
  const { bytes } = await memoryOf(visitor.context, page);
  const open = median(opens);
  console.log(`first rows ${open.toFixed(0)} ms (limit ${OPEN_MILLISECONDS}), ` +
    `the middle ${jump.toFixed(0)} ms`);
  console.log(`${gaps.length} frames while scrolling, median ${median(gaps).toFixed(1)} ms, ` +
    `${(late * 100).toFixed(2)} % over ${LATE_MILLISECONDS} ms (limit ${MOST_LATE * 100} %)`);
  console.log(`the page holds ${(bytes / 1e6).toFixed(1)} MB (limit ${MOST_HEAP_BYTES / 1e6})`);
  return open <= OPEN_MILLISECONDS && late <= MOST_LATE && bytes <= MOST_HEAP_BYTES;
}

async function main() {
  const rows = Number(option('rows', '1000000'));
  const program = binary(option('preset', 'release'));
  const folder = new Folder('grid');
  const visitor = await Visitor.launch();
  try {
    copyBigTable(program, rows, folder.file('linchpin.db'));
    const server = await new Server(program, `sqlite:${folder.file('linchpin.db')}`).start();
    try {
      console.log(`\nThe grid over ${rows.toLocaleString('en')} rows`);
      return await measure(visitor, server.address, rows) ? 0 : 1;
    } finally {
      await server.stop();
    }
  } finally {
    await visitor.close();
    folder.remove();
  }
}

process.exitCode = await main();
