import { describe, expect, it } from 'vitest';
import { mentionedIn } from './mentioned';

describe('mentions', () => {
  it('are those chosen whose name is still in the text', () => {
    const chosen = new Map([['1', '李莉'], ['2', '周总']]);
    expect(mentionedIn('请 @李莉 看一下', chosen)).toEqual(['1']);
    expect(mentionedIn('李莉', chosen)).toEqual([]);
    expect(mentionedIn('@周总 @李莉', chosen)).toEqual(['1', '2']);
  });
});
