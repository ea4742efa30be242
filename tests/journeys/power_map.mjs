// The power map of 200 people, with two of ours at work on it at once.

import assert from 'node:assert/strict';
import { largeMap, MAP_PEOPLE } from '../support/large_map.mjs';
import { PHONE, signIn } from './browser.mjs';
import { text } from './texts.mjs';

const zh = 'zh-CN';
const say = (key, values) => text(zh, key, values);
const STEPS = 40;
const MOST_SHIFT = 3; // points, what rounding and zoom leave of a place

/** Calls the API as whoever is signed in. */
function call(page, path, body) {
  return page.evaluate(async ([where, sent]) => {
    const session = await (await fetch('/api/v1/session')).json();
    const answer = await fetch(`/api/v1${where}`, {
      method: sent === null ? 'GET' : 'POST',
      body: sent === null ? undefined : JSON.stringify(sent),
      headers: { 'content-type': 'application/json', 'x-csrf-token': session.csrf_token },
    });
    return answer.json();
  }, [path, body ?? null]);
}

const card = (page, id) => page.locator(`.react-flow__node[data-id="${id}"]`);

/** Where a card lies on the map, whatever the zoom. */
async function lies(page, id) {
  const style = await card(page, id).evaluate((node) => node.style.transform);
  const [, x, y] = /translate\((-?[\d.]+)px, ?(-?[\d.]+)px\)/.exec(style);
  return [Number(x), Number(y)];
}

async function liesAt(page, id, [x, y]) {
  await page.waitForFunction(([one, wanted, most]) => {
    const node = document.querySelector(`.react-flow__node[data-id="${one}"]`);
    const found = /translate\((-?[\d.]+)px, ?(-?[\d.]+)px\)/.exec(node?.style.transform ?? '');
    return found && Math.abs(Number(found[1]) - wanted[0]) <= most
      && Math.abs(Number(found[2]) - wanted[1]) <= most;
  }, [id, [x, y], MOST_SHIFT]);
}

async function take(page, id) {
  const box = await card(page, id).boundingBox();
  const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  return from;
}

/** A hand holds a card while somebody else moves another one: neither is lost. */
async function together(one, other, { people: [[held, moved]] }) {
  const begun = await lies(one, held);
  const from = await take(one, held);
  for (let step = 1; step <= STEPS; step += 1) {
    await one.mouse.move(from.x - step * 2, from.y);
  }
  const inHand = await lies(one, held);
  assert.ok(inHand[0] < begun[0], 'the card follows the hand');
  const start = await take(other, moved);
  for (let step = 1; step <= STEPS; step += 1) {
    await other.mouse.move(start.x + step * 2, start.y);
  }
  await other.mouse.up();
  const there = await lies(other, moved);
  await liesAt(one, moved, there);
  assert.deepEqual(await lies(one, held), inHand, 'the other move left the hand alone');
  await one.mouse.up();
  await liesAt(other, held, inHand);
  await one.reload();
  await card(one, held).waitFor();
  await liesAt(one, held, inHand);
  await liesAt(one, moved, there);
}

/** Arrow keys move, Enter opens who stands there. */
async function byKeyboard(page, { people: [[, , third]] }) {
  const before = await lies(page, third);
  await card(page, third).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('complementary', { name: 'd002', exact: true }).waitFor();
  await card(page, third).focus();
  const saved = page.waitForResponse((answer) => answer.url().includes('map_position/batch'));
  for (let press = 0; press < 4; press += 1) await page.keyboard.press('ArrowRight');
  assert.equal((await saved).status(), 200);
  assert.ok((await lies(page, third))[0] > before[0], 'the card went to the right');
}

async function walk({ visitor, address, timeout }) {
  const one = await visitor.open(address);
  one.setDefaultTimeout(timeout);
  await signIn(one, zh);
  const made = await largeMap((path, body) => call(one, path, body));
  const path = `/accounts/${made.account}/map`;
  visitor.otherContext = await visitor.another(address);
  const other = await visitor.otherContext.newPage();
  other.setDefaultTimeout(timeout);
  await signIn(other, zh);
  for (const page of [one, other]) {
    await page.goto(path);
    await card(page, made.people[2].at(-1)).waitFor();
  }
  assert.equal(await one.locator('[data-person]').count(), MAP_PEOPLE);
  await visitor.shot('power-map-200');
  await together(one, other, made);
  await byKeyboard(one, made);
  await visitor.checkAccess('power-map');
  await visitor.shot('power-map-person');
  await one.goto(`${path}?view=matrix`);
  await one.getByRole('row', { name: /决策层/ }).waitFor();
  await visitor.checkAccess('power-map-matrix');
  await visitor.otherContext.close();
  const phone = await visitor.open(address, { viewport: PHONE, colorScheme: 'dark' });
  phone.setDefaultTimeout(timeout);
  await signIn(phone, zh);
  await phone.goto(path);
  await phone.getByRole('button', { name: /d000/ }).last().click();
  await phone.getByText('会上支持我方方案').first().waitFor();
  await visitor.checkAccess('power-map-phone');
  await visitor.shot('power-map-phone');
}

export const journeys = [
  {
    name: 'power-map', walk,
    title: 'power map: 200 people, two of ours move them at once, keyboard, phone [B7] [B8]',
  },
];
