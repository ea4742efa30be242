// How smoothly a page draws: the times between its frames while something goes on in it.

export const LATE_MILLISECONDS = 32;

/** The times between the frames that `page` draws while `act` runs. */
export async function framesDuring(page, act) {
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
  await act();
  return page.evaluate(() => {
    cancelAnimationFrame(globalThis.asked);
    return globalThis.gaps.slice(1);
  });
}

export const lateShare = (gaps) => gaps.filter((gap) => gap > LATE_MILLISECONDS).length
  / gaps.length;

export const median = (values) => [...values].sort((one, other) => one - other)[values.length >> 1];

export const percent = (share) => `${(share * 100).toFixed(2)} %`;
