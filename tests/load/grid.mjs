// The grid over a long table in a real browser: how soon the first rows stand there, how soon the
// middle, how smoothly it scrolls, and what the page holds.
//
//   node tests/load/grid.mjs [--preset NAME] [--rows N]
//
// Ends with 1 when the first rows took over a second, more than 1 % of the frames while scrolling
// came later than 32 ms after the one before, or the page held more than 200 MB.

import { signIn, Visitor } from '../journeys/browser.mjs';
import { bigTable } from '../support/big_table.mjs';
import { binary, copyDatabase, Folder, Server } from '../support/server.mjs';

const TRIES = 5;
const OPEN_MILLISECONDS = 1_000;
const LATE_MILLISECONDS = 32;
const MOST_LATE = 0.01;
const MOST_HEAP_BYTES = 200_000_000;
const SCROLLED_PIXELS = 60_000;
const PIXELS_PER_SECOND = 4_000;

function option(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? otherwise : process.argv[at + 1];
}

const first = (page) => page.locator('#cell-0-0').filter({ hasText: /./ });
const median = (values) => [...values].sort((one, other) => one - other)[values.length >> 1];

async function opened(page) {
  await page.goto('/tables');
  const link = page.getByRole('link', { name: /^客户 *account/ });
  await link.waitFor();
  await page.waitForLoadState('networkidle');
  const start = performance.now();
  await link.click();
  await first(page).waitFor();
  return performance.now() - start;
}

function scrollTo(page, share) {
  return page.locator('[role=grid]').evaluate((grid, part) => {
    let box = grid;
    while (getComputedStyle(box).overflowY !== 'auto') box = box.parentElement;
    box.scrollTop = box.scrollHeight * part;
  }, share);
}

/** Until all lines that are seen around the middle have their content. */
async function jumped(page, rows) {
  const start = performance.now();
  await scrollTo(page, 0.5);
  await page.waitForFunction((count) => {
    const lines = [...document.querySelectorAll('[role=row][aria-rowindex]')].slice(8, 20);
    return lines.length > 0 && lines.every((line) => {
      const number = Number(line.getAttribute('aria-rowindex'));
      const filled = line.querySelector('[id^=cell]')?.textContent !== '';
      return filled && number > count * 0.45 && number < count * 0.55;
    });
  }, rows);
  return performance.now() - start;
}

/** The times between the frames of a ride, as a hand on the wheel makes it. */
async function ride(visitor, page) {
  const session = await visitor.context.newCDPSession(page);
  const box = await page.locator('[role=grid]').boundingBox();
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
    x: Math.round(box.x + 400), y: Math.round(box.y + 300), yDistance: -SCROLLED_PIXELS,
    speed: PIXELS_PER_SECOND, gestureSourceType: 'mouse',
  });
  return page.evaluate(() => {
    cancelAnimationFrame(globalThis.asked);
    return globalThis.gaps.slice(1);
  });
}

async function heapOf(visitor, page) {
  const session = await visitor.context.newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSHeapUsedSize').value;
}

async function measure(visitor, address, rows) {
  const page = await visitor.open(address);
  await signIn(page, 'zh-CN');
  const opens = [];
  for (let at = 0; at < TRIES; at += 1) opens.push(await opened(page));
  const jump = await jumped(page, rows);
  const gaps = await ride(visitor, page);
  const late = gaps.filter((gap) => gap > LATE_MILLISECONDS).length / gaps.length;
  const heap = await heapOf(visitor, page);
  const open = median(opens);
  console.log(`first rows ${open.toFixed(0)} ms (limit ${OPEN_MILLISECONDS}), ` +
    `the middle ${jump.toFixed(0)} ms`);
  console.log(`${gaps.length} frames while scrolling, median ${median(gaps).toFixed(1)} ms, ` +
    `${(late * 100).toFixed(2)} % over ${LATE_MILLISECONDS} ms (limit ${MOST_LATE * 100} %)`);
  console.log(`the page holds ${(heap / 1e6).toFixed(1)} MB (limit ${MOST_HEAP_BYTES / 1e6})`);
  return open <= OPEN_MILLISECONDS && late <= MOST_LATE && heap <= MOST_HEAP_BYTES;
}

async function main() {
  const rows = Number(option('rows', '1000000'));
  const program = binary(option('preset', 'release'));
  const folder = new Folder('grid');
  const visitor = await Visitor.launch();
  try {
    copyDatabase(bigTable(program, rows), folder.file('linchpin.db'));
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
