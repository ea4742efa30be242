import { expect, test } from 'vitest';
import { citiesOf } from './week-cities';
import { visitTime } from './use-week-plan';
import { planDays, shutdownOf } from './week-days';

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

const NATIONAL_DAY = {
  weekend: [6, 7],
  days: [
    { from: '2026-10-01', until: '2026-10-07', kind: 'holiday', name: '国庆节' },
    { from: '2026-10-10', until: '2026-10-10', kind: 'working', name: '国庆节' },
  ],
} as const;
const weekOf = (from: string, shutdowns: readonly object[] = []) => ({
  from, to: '', candidates: [], planned: [],
  shutdowns: shutdowns.map((fields, at) => ({ id: `s${at}`, version: 1, fields: { ...fields } })),
});

test('a holiday is no working day, a make-up Saturday is one', () => {
  const days = planDays(weekOf('2026-10-05'), NATIONAL_DAY);
  expect(days.map(({ works }) => works)).toEqual([false, false, false, true, true, true, false]);
  expect(days.map(({ mark }) => mark))
    .toEqual(['holiday', 'holiday', 'holiday', null, null, 'working', null]);
  expect(planDays(weekOf('2026-10-12'), NATIONAL_DAY).map(({ works }) => works))
    .toEqual([true, true, true, true, true, false, false]);
});

test('a shutdown covers its first and its last day, and its own account alone', () => {
  const shutdown = { account: 'a', starts_on: '2026-11-17', ends_on: '2026-11-18', reason: '检修' };
  const days = planDays(weekOf('2026-11-16', [shutdown]), NATIONAL_DAY);
  expect(days.map(({ shutdowns }) => shutdowns.length)).toEqual([0, 1, 1, 0, 0, 0, 0]);
  expect(shutdownOf(days[1], 'a')?.fields.reason).toBe('检修');
  expect(shutdownOf(days[1], 'b')).toBeUndefined();
});
