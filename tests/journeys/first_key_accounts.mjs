// The spine of the product: from a sales file to the list of key accounts.

import assert from 'node:assert/strict';
import { DESKTOP, PHONE, signIn } from './browser.mjs';
import { pattern, text } from './texts.mjs';

const SLIDER_STEPS = 12;

/** 40 customers over two years; the first ones are far larger than the rest. */
function salesFile() {
  const lines = ['订单号,下单日期,客户编码,客户名称,产品编码,产品名称,数量,单价'];
  const today = new Date();
  for (let month = 0; month < 24; month += 1) {
    const day = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - month, 1));
    const date = new Date(day - 5 * 86_400_000).toISOString().slice(0, 10);
    for (let n = 1; n <= 40; n += 1) {
      const quantity = Math.max(1, Math.round(900 / (n * n) + ((n * month) % 7)));
      lines.push(`S${month}-${n},${date},K${String(n).padStart(3, '0')},` +
        `样例客户${n},P${n % 6},样例产品${n % 6},${quantity},120.50`);
    }
  }
  return Buffer.from(`${lines.join('\r\n')}\r\n`);
}

const button = (page, language, key) =>
  page.getByRole('button', { name: text(language, key), exact: true });

async function importFile(page) {
  const zh = 'zh-CN';
  await page.goto('/import');
  await page.locator('input[type=file]').setInputFiles({
    name: '销售明细.csv', mimeType: 'text/csv', buffer: salesFile(),
  });
  await page.getByText(text(zh, 'imports.mapping')).waitFor();
  await page.getByText(text(zh, 'imports.tax.exclusive'), { exact: true }).click();
}

async function checkAndRun(page) {
  const zh = 'zh-CN';
  await button(page, zh, 'imports.check').click();
  await page.getByRole('button', { name: pattern(zh, 'imports.run') }).click();
  await page.getByText(text(zh, 'imports.done')).waitFor();
  await page.getByRole('button', { name: text(zh, 'imports.see_accounts') }).click();
}

/** How many customers the page counts as class A. */
async function classA(page, language) {
  const label = pattern(language, 'identify.show_class');
  const name = await page.getByRole('button', { name: label }).first().getAttribute('aria-label');
  return Number(/(\d+)[^\d]*$/.exec(name)[1]);
}

async function dragThreshold(page, language) {
  const slider = page.getByRole('slider', {
    name: text(language, 'identify.threshold', { name: 'A' }),
  });
  await slider.waitFor();
  const before = Number(await slider.getAttribute('aria-valuenow'));
  const box = await slider.boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y - 60, { steps: SLIDER_STEPS });
  await page.mouse.up();
  // The page draws the new place with its next frame.
  const handle = await slider.elementHandle();
  await page.waitForFunction(
    ([element, least]) => Number(element.getAttribute('aria-valuenow')) > least,
    [handle, before + 5],
  );
}

async function walk({ visitor, address, timeout }) {
  const zh = 'zh-CN';
  let page = await visitor.open(address);
  page.setDefaultTimeout(timeout);
  await page.goto('/');
  await page.getByLabel(text(zh, 'sign_in.login')).waitFor();
  await visitor.checkAccess('sign-in');
  await visitor.shot('sign-in');
  await signIn(page, zh);
  await importFile(page);
  await visitor.checkAccess('mapping');
  await visitor.shot('import-mapping');
  await checkAndRun(page);
  await page.getByRole('slider').first().waitFor();
  await visitor.shot('abc');
  await visitor.checkAccess('abc');
  const before = await classA(page, zh);
  const answered = page.waitForResponse((response) => response.url().includes('/ranking'));
  await dragThreshold(page, zh);
  await answered;
  await page.waitForLoadState('networkidle');
  const after = await classA(page, zh);
  assert.ok(after > before, `class A grew from ${before} to ${after} customers`);
  await visitor.shot('abc-dragged');
  const url = page.url();
  await page.reload();
  await page.getByRole('slider').first().waitFor();
  assert.equal(await classA(page, zh), after, 'a reload shows the same');
  assert.equal(page.url(), url);
  page = await switchLanguage(page);
  await visitor.shot('abc-en');
  await visitor.open(address, { viewport: PHONE, colorScheme: 'dark' });
  await signIn(visitor.page, zh);
  await visitor.page.goto('/identify');
  await visitor.page.getByRole('slider').first().waitFor();
  await visitor.shot('abc-phone-dark');
  await visitor.page.setViewportSize(DESKTOP);
  await visitor.shot('abc-dark');
}

async function switchLanguage(page) {
  await page.getByRole('button', { name: /admin|管理员/i }).last().click();
  await page.getByText(text('zh-CN', 'language.switch')).click();
  await page.getByRole('heading', { name: text('en', 'identify.title') }).waitFor();
  return page;
}

export const journeys = [
  {
    name: 'first-key-accounts',
    title: 'sign in, upload, map, run, drag a threshold, switch language [A1] [A2] [H7]',
    walk,
  },
];
