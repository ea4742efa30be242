import { expect, test } from 'vitest';
import { linesOf } from './paste';

test('cells of a spreadsheet are rank, name and volume', () => {
  expect(linesOf('1\t碧海地产集团\t3,000,000\r\n2\t金湖置业\n\n')).toEqual([
    { rank: 1, name: '碧海地产集团', volume: '3000000' },
    { rank: 2, name: '金湖置业', volume: null },
  ]);
});

test('a rank may stand before the name', () => {
  expect(linesOf('1. 碧海地产\n2、金湖\n3 新星')).toEqual([
    { rank: 1, name: '碧海地产', volume: null },
    { rank: 2, name: '金湖', volume: null },
    { rank: 3, name: '新星', volume: null },
  ]);
});

test('names alone are ranked as they stand', () => {
  expect(linesOf('Acme Ltd.\n3M')).toEqual([
    { rank: 1, name: 'Acme Ltd.', volume: null },
    { rank: 2, name: '3M', volume: null },
  ]);
});
