import { expect, test } from 'vitest';
import { citiesOf } from './week-cities';
import { visitTime } from './use-week-plan';

const visit = (planned_at: string) => ({ id: 'v', version: 1, fields: { planned_at }, can: [] });
const candidate = (id: string, city: string | null, points: number) => ({
  account: { id, version: 1, fields: { city }, can: [] }, points, reasons: [],
});

test('a visit keeps its time of day in the zone of the workspace', () => {
  expect(visitTime(visit('2026-11-23T06:15:00.000Z'), '2026-11-26', 'Asia/Shanghai'))
    .toBe('2026-11-26T06:15:00.000Z');
});

test('a new visit begins in the morning there, on either side of a clock change', () => {
  expect(visitTime(null, '2026-11-23', 'Asia/Shanghai')).toBe('2026-11-23T01:30:00.000Z');
  expect(visitTime(null, '2026-10-24', 'Europe/Berlin')).toBe('2026-10-24T07:30:00.000Z');
  expect(visitTime(null, '2026-10-26', 'Europe/Berlin')).toBe('2026-10-26T08:30:00.000Z');
});

test('cities follow their most urgent account, those without a city come last', () => {
  const cities = citiesOf([
    candidate('a', '上海', 90), candidate('b', null, 80), candidate('c', '苏州', 70),
    candidate('d', '上海', 10),
  ]);
  expect(cities.map(({ city, candidates }) => [city, candidates.map(({ account }) => account.id)]))
    .toEqual([['上海', ['a', 'd']], ['苏州', ['c']], ['', ['b']]]);
});
