// The grid over a long table: opened, scrolled, measured; for the journey and the measurement.

import { performance } from 'node:perf_hooks';

export const MOST_HEAP_BYTES = 200_000_000;

export const cell = (page, line, column) => page.locator(`#cell-${line}-${column}`);

/** Goes to the table from the list of tables; how long until its first row has content. */
export async function openGrid(page) {
  await page.goto('/tables');
  const link = page.getByRole('link', { name: /^客户 *account/ });
  await link.waitFor();
  await page.waitForLoadState('networkidle');
  const start = performance.now();
  await link.click();
  await cell(page, 0, 0).filter({ hasText: /./ }).waitFor();
  return performance.now() - start;
}

/** Draws the scroll bar to a share of the table. */
export function scrollTo(page, share) {
  return page.locator('[role=grid]').evaluate((grid, part) => {
    let box = grid;
    while (getComputedStyle(box).overflowY !== 'auto') box = box.parentElement;
    box.scrollTop = box.scrollHeight * part;
  }, share);
}

/**
 * By the scroll bar, as soon as it is as long as the table; until what is seen there has its number
 * and its content.
 */
export async function jumpToMiddle(page, rows) {
  await page.waitForFunction((count) => {
    const grid = document.querySelector('[role=grid]');
    return Number(grid?.getAttribute('aria-rowcount')) > count * 0.95;
  }, rows);
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

/** What the page holds once nobody needs the rest. */
export async function memoryOf(context, page) {
  const session = await context.newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  const value = (name) => metrics.find((one) => one.name === name).value;
  return { bytes: value('JSHeapUsedSize'), nodes: value('Nodes') };
}
