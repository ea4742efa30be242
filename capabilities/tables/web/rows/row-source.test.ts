import { describe, expect, it } from 'vitest';
import type { RecordRow } from '@/api/types';
import { MOST_PAGES, PAGE_ROWS, RowSource } from './row-source';
import type { PageRequest } from './row-source';

const record = (index: number): RecordRow => (
  { id: `r${index}`, version: 1, fields: { n: index }, can: [] }
);

/** A table of `total` rows that writes down how it was asked. */
function table(total: number) {
  const asked: PageRequest[] = [];
  const source = new RowSource({
    page: (request) => {
      asked.push(request);
      const from = request.offset ?? (request.after ? Number(request.after) : 0);
      const to = Math.min(total, from + request.limit);
      return Promise.resolve({
        records: Array.from({ length: Math.max(0, to - from) }, (_, at) => record(from + at)),
        page: { next: String(to), has_more: to < total }, count: null, seq: '1',
      });
    },
    count: () => Promise.resolve(total),
  });
  const settled = () => new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
  return { source, asked, settled };
}

describe('the rows of a query', () => {
  it('come in pages: by cursor behind a known page, by offset after a jump', async () => {
    const { source, asked, settled } = table(1_000_000);
    source.look(0, 40);
    await settled();
    expect(source.row(7)?.id).toBe('r7');
    expect(source.total).toBe(1_000_000);
    source.look(90, 130);
    await settled();
    source.look(500_000, 500_040);
    await settled();
    expect(source.row(500_001)?.id).toBe('r500001');
    expect(asked.map(({ after, offset }) => after ?? offset ?? 0)).toEqual([0, '100', 500_000]);
  });

  it('stay few in memory', async () => {
    const { source, settled } = table(1_000_000);
    for (let page = 0; page < MOST_PAGES * 2; page += 1) {
      source.look(page * PAGE_ROWS, page * PAGE_ROWS + 10);
      await settled();
    }
    expect(source.row(0)).toBeUndefined();
    const last = MOST_PAGES * 2 * PAGE_ROWS - 1;
    expect(source.row(last)?.id).toBe(`r${last}`);
  });

  it('can be taken over pages, whether loaded or not', async () => {
    const { source } = table(250);
    const rows = await source.take(95, 200);
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 155 }, (_, at) => `r${at + 95}`));
  });

  it('are changed in their place and found by id', async () => {
    const { source, settled } = table(150);
    source.look(0, 149);
    await settled();
    source.patch(new Map([['r120', { n: 'new' }]]));
    expect(source.row(120)?.fields.n).toBe('new');
    expect(source.indexOf('r120')).toBe(120);
    await source.refresh();
    expect(source.row(120)?.fields.n).toBe(120);
  });
});
