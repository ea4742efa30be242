import { expect, test } from 'vitest';
import { trainedOf, trainingState } from './training';

const TODAY = '2026-05-10';

test('a need is met by people, or by any training where nobody said how many', () => {
  expect(trainingState({ people: 20, people_trained: 20, wanted_by: '2026-01-01' }, TODAY))
    .toBe('met');
  expect(trainingState({ people: null, sessions_done: 1 }, TODAY)).toBe('met');
  expect(trainingState({ people: 20, people_trained: 19, sessions_done: 2 }, TODAY)).toBe('open');
});

test('what is not met is late after its day, planned or not', () => {
  const need = { people: 20, people_trained: 12, sessions_planned: 1 };
  expect(trainingState({ ...need, wanted_by: '2026-05-09' }, TODAY)).toBe('late');
  expect(trainingState({ ...need, wanted_by: '2026-05-10' }, TODAY)).toBe('planned');
  expect(trainedOf(need)).toEqual({ done: 12, people: 20 });
});
