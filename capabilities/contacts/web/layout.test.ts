import { describe, expect, it } from 'vitest';
import type { Card, Point } from './layout';
import { arrange, CARD, columnsFor, LANE_HEAD, placeWithin } from './layout';
import type { Layer } from './standing';

function card(id: string, layer: Layer, more: Partial<Card> = {}): Card {
  return { id, layer, superior: null, department: '', name: id, place: null, ...more };
}

/** A company of 200: ten who decide, forty who manage, the others work for them. */
function company(): Card[] {
  return Array.from({ length: 200 }, (_, at) => {
    const layer = at < 10 ? 'deciding' : at < 50 ? 'managing' : 'operating';
    const superior = at < 10 ? null : at < 50 ? `p${at % 10}` : `p${10 + (at % 40)}`;
    return card(`p${at}`, layer, { superior, department: `部门${at % 7}` });
  });
}

function crossings(points: readonly Point[]): number {
  let found = 0;
  points.forEach((one, at) => {
    for (const other of points.slice(at + 1)) {
      const beside = Math.abs(one.x - other.x) >= CARD.width;
      const below = Math.abs(one.y - other.y) >= CARD.height;
      if (!beside && !below) found += 1;
    }
  });
  return found;
}

describe('the layout of the map', () => {
  it('puts 200 people into their lanes, none upon another, in a moment', () => {
    const begun = performance.now();
    const { points, lanes, width } = arrange(company());
    expect(performance.now() - begun).toBeLessThan(200);
    expect(points.size).toBe(200);
    expect(crossings([...points.values()])).toBe(0);
    expect(lanes.map(({ layer, count }) => [layer, count])).toEqual(
      [['deciding', 10], ['managing', 40], ['operating', 150]],
    );
    for (const one of company()) {
      const lane = lanes.find(({ layer }) => layer === one.layer);
      const y = points.get(one.id)?.y ?? -1;
      expect(y).toBeGreaterThanOrEqual((lane?.top ?? 0) + LANE_HEAD);
      expect(y + CARD.height).toBeLessThanOrEqual((lane?.top ?? 0) + (lane?.height ?? 0));
    }
    expect(width).toBeLessThan(columnsFor(200) * 260);
  });

  it('does not depend on the order in which people come', () => {
    const { points } = arrange(company());
    const turned = arrange(company().reverse()).points;
    for (const [id, point] of points) expect(turned.get(id)).toEqual(point);
  });

  it('keeps who was placed by hand and lets nobody lie upon him', () => {
    const people = company();
    people[60] = { ...card('p60', 'operating'), place: { x: 224, y: LANE_HEAD } };
    people[61] = { ...card('p61', 'operating'), place: { x: -900, y: 700 } };
    const { points, lanes, left } = arrange(people);
    const top = lanes[2]?.top ?? 0;
    expect(points.get('p60')).toEqual({ x: 224, y: top + LANE_HEAD });
    expect(points.get('p61')).toEqual({ x: -900, y: top + 700 });
    expect(crossings([...points.values()])).toBe(0);
    expect(left).toBeLessThan(-900);
  });

  it('lets the people of one superior stand together', () => {
    const { points } = arrange([
      card('a', 'managing'), card('b', 'managing'),
      card('a1', 'operating', { superior: 'a' }), card('b1', 'operating', { superior: 'b' }),
      card('a2', 'operating', { superior: 'a' }), card('b2', 'operating', { superior: 'b' }),
    ]);
    const order = ['a1', 'a2', 'b1', 'b2'].map((id) => points.get(id)?.x ?? 0);
    expect(order).toEqual([...order].sort((one, other) => one - other));
  });

  it('shows the three lanes even when they are empty, the fourth only with people', () => {
    expect(arrange([]).lanes.map(({ layer }) => layer)).toEqual(
      ['deciding', 'managing', 'operating'],
    );
    expect(arrange([card('x', '')]).lanes.at(-1)?.layer).toBe('');
  });

  it('keeps what is dragged within its lane and the map', () => {
    const lane = { layer: 'managing', top: 300, height: 400, count: 1 } as const;
    expect(placeWithin(lane, { x: 10.4, y: 420.6 }, 1000)).toEqual({ x: 10, y: 121 });
    expect(placeWithin(lane, { x: -5000, y: 0 }, 1000)).toEqual({ x: -1000, y: LANE_HEAD });
    expect(placeWithin(lane, { x: 0, y: 5000 }, 1000)).toEqual({ x: 0, y: 400 - CARD.height });
  });
});
