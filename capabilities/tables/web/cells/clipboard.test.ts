import { describe, expect, it } from 'vitest';
import { readBlock, writeBlock } from './clipboard';

describe('the clipboard of a spreadsheet', () => {
  it('reads rows and columns, the last line end belongs to the last row', () => {
    expect(readBlock('a\tb\r\nc\td\r\n')).toEqual([['a', 'b'], ['c', 'd']]);
    expect(readBlock('a\n\nb')).toEqual([['a'], [''], ['b']]);
    expect(readBlock('')).toEqual([['']]);
    expect(readBlock('a\t')).toEqual([['a', '']]);
  });

  it('keeps line ends, tabs and quotes inside quoted cells', () => {
    expect(readBlock('"one\ntwo"\t"say ""hi"""\n3')).toEqual([['one\ntwo', 'say "hi"'], ['3']]);
    expect(readBlock('"12" pipe\tx')).toEqual([['"12" pipe', 'x']]);
  });

  it('reads back what it wrote', () => {
    const block = [['a\tb', 'c"d', 'line\nbreak'], ['', '行', ' x ']];
    expect(readBlock(writeBlock(block))).toEqual(block);
  });
});
