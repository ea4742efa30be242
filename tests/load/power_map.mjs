// The power map of 200 people in a real browser: how smoothly a card follows the hand.
//
//   node tests/load/power_map.mjs [--preset NAME]
//
// Ends with 1 when more than 1 % of the frames while a card is dragged came later than 32 ms after
// the one before. Where the browser itself, without a graphics card, is later than that with as
// many plain boxes of which one follows the hand, it is the measure.

import { performance } from 'node:perf_hooks';
import { signIn } from '../journeys/browser.mjs';
import { Client } from '../support/client.mjs';
import { framesDuring, LATE_MILLISECONDS, lateShare, median, percent } from '../support/frames.mjs';
import { addInfluence, largeMap, MAP_PEOPLE } from '../support/large_map.mjs';
import { ADMIN_PASSWORD } from '../support/server.mjs';
import { measureInBrowser } from './in_browser.mjs';

const MOST_LATE = 0.01;
const DRAG_MILLISECONDS = 6_000;
const TURN_MILLISECONDS = 2_000;
const REACH = { x: 220, y: 30 };
const STEP_MILLISECONDS = 8;

/** Holds what lies at the point and leads it in circles. */
async function drag(page, { x, y }) {
  await page.mouse.move(x, y);
  await page.mouse.down();
  const gaps = await framesDuring(page, async () => {
    const start = performance.now();
    for (let time = 0; time < DRAG_MILLISECONDS; time = performance.now() - start) {
      const turn = 2 * Math.PI * time / TURN_MILLISECONDS;
      await page.mouse.move(x + REACH.x * Math.sin(turn), y + REACH.y * (1 - Math.cos(turn)));
      await page.waitForTimeout(STEP_MILLISECONDS);
    }
  });
  await page.mouse.up();
  return gaps;
}

const middleOf = ({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 });

/** As many boxes that stand still, and one that follows the hand. */
async function bareDrag(visitor) {
  const page = await visitor.context.newPage();
  const boxes = Array.from({ length: MAP_PEOPLE }, (_, at) => (
    `<div style="position:absolute;left:${(at % 20) * 70}px;top:${Math.floor(at / 20) * 80}px;` +
    `width:64px;height:60px;border:1px solid;border-radius:8px">客户${at}</div>`
  ));
  await page.setContent(`<div id="held" style="position:absolute;left:600px;top:300px;width:64px;` +
    `height:60px;border:1px solid;background:#ccc;z-index:1">手</div>${boxes.join('')}`);
  await page.evaluate(() => {
    const held = document.getElementById('held');
    document.addEventListener('pointermove', (event) => {
      if (event.buttons === 0) return;
      held.style.transform = `translate(${event.clientX - 632}px, ${event.clientY - 330}px)`;
    });
  });
  const gaps = await drag(page, { x: 632, y: 330 });
  await page.close();
  return gaps;
}

async function makeMap(address) {
  const client = new Client(address, { login: 'admin', password: ADMIN_PASSWORD });
  const call = (path, body) => client.must('POST', path, body);
  const made = await largeMap(call);
  await addInfluence(call, made);
  client.close();
  return made;
}

function report(name, gaps, note) {
  console.log(`${name}: ${gaps.length} frames, median ${median(gaps).toFixed(1)} ms, ` +
    `${percent(lateShare(gaps))} over ${LATE_MILLISECONDS} ms${note}`);
}

async function measure(visitor, address) {
  const made = await makeMap(address);
  const page = await visitor.open(address);
  await signIn(page, 'zh-CN');
  await page.goto(`/accounts/${made.account}/map`);
  const card = (id) => page.locator(`.react-flow__node[data-id="${id}"]`);
  await card(made.people[2].at(-1)).waitFor();
  await page.waitForLoadState('networkidle');
  const whole = await drag(page, middleOf(await card(made.people[1][20]).boundingBox()));
  const zoomIn = page.locator('.react-flow__controls-zoomin');
  for (let press = 0; press < 4; press += 1) await zoomIn.click();
  await page.waitForTimeout(DRAG_MILLISECONDS / 10);
  const seen = await page.evaluate(() => [...document.querySelectorAll('[data-person]')]
    .map((one) => one.getBoundingClientRect())
    .map(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 }))
    .find(({ x, y }) => x > 600 && x < 900 && y > 350 && y < 600));
  const near = await drag(page, seen);
  const bare = await bareDrag(visitor);
  report('the whole map in sight', whole, ` (limit ${percent(MOST_LATE)})`);
  report('near enough to read', near, '');
  report('plain boxes', bare, '');
  const most = Math.max(MOST_LATE, lateShare(bare));
  return lateShare(whole) <= most && lateShare(near) <= most;
}

process.exitCode = await measureInBrowser(
  `A card is dragged on the map of ${MAP_PEOPLE} people`, measure,
);
