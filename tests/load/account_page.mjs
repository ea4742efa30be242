// The page of an account with a long history in a real browser: how soon it is painted.
//
//   node tests/load/account_page.mjs [--preset NAME]
//
// Ends with 1 when the first paint, or the figures of the account, took over a second. The page is
// loaded anew each time, with the program's files in the browser's cache, as for somebody who works
// with it daily; without them is told too.

import { signIn } from '../journeys/browser.mjs';
import { Client } from '../support/client.mjs';
import { median } from '../support/frames.mjs';
import { LARGE_ACCOUNT, largeAccount } from '../support/large_account.mjs';
import { ADMIN_PASSWORD } from '../support/server.mjs';
import { measureInBrowser } from './in_browser.mjs';

const TRIES = 9;
const MOST_MILLISECONDS = 1_000;

async function makeAccount(address) {
  const client = new Client(address, { login: 'admin', password: ADMIN_PASSWORD });
  const account = await largeAccount((path, body) => client.must('POST', path, body));
  client.close();
  return account;
}

/** Since the navigation began: the first paint, and the figures as they stand on the page. */
async function load(page, path) {
  await page.goto(path, { waitUntil: 'commit' });
  await page.locator('dl dd a').first().waitFor();
  return page.evaluate(() => ({
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity,
    figures: performance.now(),
  }));
}

function report(name, times, limit) {
  const paint = median(times.map((time) => time.paint));
  const figures = median(times.map((time) => time.figures));
  console.log(`${name}: first paint ${paint.toFixed(0)} ms, figures ${figures.toFixed(0)} ms` +
    `, each the median of ${times.length}${limit}`);
  return Math.max(paint, figures);
}

async function measure(visitor, address) {
  const path = `/accounts/${await makeAccount(address)}`;
  const page = await visitor.open(address);
  await signIn(page, 'zh-CN');
  await load(page, path);
  const cached = [];
  for (let at = 0; at < TRIES; at += 1) cached.push(await load(page, path));
  const session = await visitor.context.newCDPSession(page);
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  const fresh = [];
  for (let at = 0; at < TRIES; at += 1) fresh.push(await load(page, path));
  const slowest = report('files in the cache', cached, ` (limit ${MOST_MILLISECONDS})`);
  report('files fetched anew', fresh, '');
  return slowest <= MOST_MILLISECONDS;
}

process.exitCode = await measureInBrowser(
  `The page of an account with ${LARGE_ACCOUNT.lines.toLocaleString('en')} order lines, ` +
  `${LARGE_ACCOUNT.contacts} contacts, ${LARGE_ACCOUNT.visits + LARGE_ACCOUNT.comments} entries`,
  measure,
);
