/** Browsers draw nothing below about 16 million pixels; longer tables are scrolled to scale. */
export const MOST_PIXELS = 8_000_000;

/** So far from both ends a pixel of the scroll bar is a pixel of the table. */
const EXACT_PIXELS = 1_000_000;

/** Steps up to this many screens are taken exactly, longer ones (the scroll bar) to scale. */
const NEAR_SCREENS = 3;

/**
 * Where in a table one is, when the scrolled height is shorter than the table. The wheel moves by
 * exact pixels: `offset` says how far the table is moved against the scrolled height.
 */
export class ScrollScale {
  private offset = 0;
  private scrollTop = 0;
  private height = 0;
  private viewport = 0;

  setExtent(height: number, viewport: number): void {
    this.height = height;
    this.viewport = viewport;
    if (height <= MOST_PIXELS) this.offset = 0;
  }

  get spacer(): number {
    return Math.min(this.height, MOST_PIXELS);
  }

  get top(): number {
    return this.scrollTop + this.offset;
  }

  get shift(): number {
    return this.offset;
  }

  /** Follows the browser: a near step keeps the offset, a jump takes the place to scale. */
  follow(scrollTop: number): void {
    const step = Math.abs(scrollTop - this.scrollTop);
    this.scrollTop = scrollTop;
    if (this.height <= MOST_PIXELS) return;
    const atEdge = scrollTop <= 0 || scrollTop >= this.spacer - this.viewport;
    if (atEdge || step > this.viewport * NEAR_SCREENS) {
      this.offset = this.topOf(scrollTop) - scrollTop;
    }
  }

  /** The place that the browser must scroll to, so that `top` is seen; follow() is not needed. */
  moveTo(top: number): number {
    const wanted = Math.min(Math.max(0, top), Math.max(0, this.height - this.viewport));
    this.scrollTop = this.height <= MOST_PIXELS ? wanted : Math.round(this.scrollOf(wanted));
    this.offset = this.height <= MOST_PIXELS ? 0 : wanted - this.scrollTop;
    return this.scrollTop;
  }

  private topOf(scrollTop: number): number {
    const [most, all] = [this.spacer - this.viewport, this.height - this.viewport];
    if (scrollTop <= EXACT_PIXELS) return Math.max(0, scrollTop);
    if (scrollTop >= most - EXACT_PIXELS) return all - Math.max(0, most - scrollTop);
    const share = (scrollTop - EXACT_PIXELS) / (most - 2 * EXACT_PIXELS);
    return EXACT_PIXELS + share * (all - 2 * EXACT_PIXELS);
  }

  private scrollOf(top: number): number {
    const [most, all] = [this.spacer - this.viewport, this.height - this.viewport];
    if (top <= EXACT_PIXELS) return top;
    if (top >= all - EXACT_PIXELS) return most - (all - top);
    const share = (top - EXACT_PIXELS) / (all - 2 * EXACT_PIXELS);
    return EXACT_PIXELS + share * (most - 2 * EXACT_PIXELS);
  }
}
