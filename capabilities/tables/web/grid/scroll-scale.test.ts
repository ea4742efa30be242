import { describe, expect, it } from 'vitest';
import { MOST_PIXELS, ScrollScale } from './scroll-scale';

const SCREEN = 800;

describe('scrolling a table', () => {
  it('is plain where the table is short', () => {
    const scale = new ScrollScale();
    scale.setExtent(50_000, SCREEN);
    scale.follow(20_000);
    expect(scale.top).toBe(20_000);
    expect(scale.moveTo(60_000)).toBe(49_200);
  });

  it('goes to the middle and to both ends of a million rows', () => {
    const scale = new ScrollScale();
    const height = 36_000_000;
    scale.setExtent(height, SCREEN);
    expect(scale.spacer).toBe(MOST_PIXELS);
    scale.follow((MOST_PIXELS - SCREEN) / 2);
    expect(scale.top).toBeCloseTo((height - SCREEN) / 2);
    scale.follow(MOST_PIXELS - SCREEN);
    expect(scale.top).toBeCloseTo(height - SCREEN);
    scale.follow(0);
    expect(scale.top).toBe(0);
  });

  it('moves by exact pixels with the wheel', () => {
    const scale = new ScrollScale();
    scale.setExtent(36_000_000, SCREEN);
    scale.follow(4_000_000);
    const before = scale.top;
    scale.follow(4_000_100);
    scale.follow(4_000_150);
    expect(scale.top).toBeCloseTo(before + 150);
  });

  it('is exact near both ends, so that the wheel never jumps there', () => {
    const scale = new ScrollScale();
    scale.setExtent(36_000_000, SCREEN);
    scale.moveTo(500_000);
    for (let at = 500_000; at >= 0; at -= 1_000) scale.follow(at);
    expect(scale.top).toBe(0);
    expect(scale.moveTo(36_000_000 - SCREEN - 10)).toBe(MOST_PIXELS - SCREEN - 10);
  });

  it('shows a wanted row and stays there when it is told back', () => {
    const scale = new ScrollScale();
    scale.setExtent(36_000_000, SCREEN);
    const scrollTop = scale.moveTo(17_999_964);
    expect(scale.top).toBeCloseTo(17_999_964);
    scale.follow(scrollTop);
    expect(scale.top).toBeCloseTo(17_999_964);
  });
});
