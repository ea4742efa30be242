// The grid over a long table in a real browser: how soon the first rows stand there, how soon the
// middle, how smoothly it scrolls, and what the page holds.
//
//   node tests/load/grid.mjs [--preset NAME] [--rows N]
//
// LINCHPIN_BIG_TABLE names a ready SQLite database with so many accounts (as script/bench leaves
// it); it is copied. Without it one is made, once.
//
// Ends with 1 when the first rows took over a second, more than 1 % of the frames while scrolling
// came later than 32 ms after the one before, or the page held more than 200 MB. Where the browser
// itself, without a graphics card, is later than that on rows that stand still, it is the measure.

import { signIn } from '../journeys/browser.mjs';
import { copyBigTable } from '../support/big_table.mjs';
import { framesDuring, LATE_MILLISECONDS, lateShare, median, percent } from '../support/frames.mjs';
import { jumpToMiddle, memoryOf, MOST_HEAP_BYTES, openGrid } from '../support/long_grid.mjs';
import { measureInBrowser, option } from './in_browser.mjs';

const TRIES = 5;
const OPEN_MILLISECONDS = 1_000;
const MOST_LATE = 0.01;
const SCROLLED_PIXELS = 60_000;
const PIXELS_PER_SECOND = 4_000;
const ROW_HEIGHT = 36;
const COLUMNS = 8;

/** The times between the frames of a ride, as a hand on the wheel makes it. */
async function ride(visitor, page) {
  const session = await visitor.context.newCDPSession(page);
  const { width, height } = page.viewportSize();
  return framesDuring(page, () => session.send('Input.synthesizeScrollGesture', {
    x: width / 2, y: height / 2, yDistance: -SCROLLED_PIXELS, speed: PIXELS_PER_SECOND,
    gestureSourceType: 'mouse',
  }));
}

/** As many rows as a ride passes, all there from the beginning, without any script. */
async function bareRide(visitor) {
  const page = await visitor.context.newPage();
  const cell = (row, column) => `<span style="position:absolute;left:${column * 150}px;` +
    `width:140px;overflow:clip">客户${row}有限公司</span>`;
  const rows = Array.from({ length: 2 * SCROLLED_PIXELS / ROW_HEIGHT }, (_, row) => {
    const cells = Array.from({ length: COLUMNS }, (__, column) => cell(row, column)).join('');
    return `<div style="position:absolute;top:${row * ROW_HEIGHT}px;height:${ROW_HEIGHT}px;` +
      `width:100%;contain:strict">${cells}</div>`;
  });
  await page.setContent(`<div style="height:98vh;overflow:auto"><div style="position:relative;` +
    `height:${rows.length * ROW_HEIGHT}px">${rows.join('')}</div></div>`);
  const gaps = await ride(visitor, page);
  await page.close();
  return gaps;
}

async function measure(visitor, address, rows) {
  const page = await visitor.open(address);
  await signIn(page, 'zh-CN');
  const opens = [];
  for (let at = 0; at < TRIES; at += 1) opens.push(await openGrid(page));
  const jump = await jumpToMiddle(page, rows);
  const gaps = await ride(visitor, page);
  const late = lateShare(gaps);
  const { bytes } = await memoryOf(visitor.context, page);
  const bare = lateShare(await bareRide(visitor));
  const open = median(opens);
  console.log(`first rows ${open.toFixed(0)} ms (limit ${OPEN_MILLISECONDS}), ` +
    `the middle ${jump.toFixed(0)} ms`);
  console.log(`${gaps.length} frames while scrolling, median ${median(gaps).toFixed(1)} ms, ` +
    `${percent(late)} over ${LATE_MILLISECONDS} ms (limit ${percent(MOST_LATE)}; ` +
    `rows that stand still: ${percent(bare)})`);
  console.log(`the page holds ${(bytes / 1e6).toFixed(1)} MB (limit ${MOST_HEAP_BYTES / 1e6})`);
  return open <= OPEN_MILLISECONDS && late <= Math.max(MOST_LATE, bare) &&
    bytes <= MOST_HEAP_BYTES;
}

const rows = Number(option('rows', '1000000'));
process.exitCode = await measureInBrowser(
  `The grid over ${rows.toLocaleString('en')} rows`,
  (visitor, address) => measure(visitor, address, rows),
  (program, file) => copyBigTable(program, rows, file),
);
