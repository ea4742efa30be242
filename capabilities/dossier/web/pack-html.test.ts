import { describe, expect, it } from 'vitest';
import { packHtml } from './pack-html';

describe('the page that is kept', () => {
  it('tells every line and takes no text for markup', () => {
    const html = packHtml({
      id: '0A1BC2DE3FG4H', day: '2026-11-21', taken_at: '2026-11-21T00:10:00.000Z',
      mark: '安娜 <领用>',
      cards: [{
        account: '0A1BC2DE3FG4H', name: '<script>alert(1)</script>', note: 'A&B',
        parts: [{ heading: '联系人', lines: [{ label: '"王强"', value: '总经理' }] }],
      }],
    }, '外带档案', 'zh-CN');
    expect(html.includes('<script')).toBe(false);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).toContain('A&amp;B');
    expect(html).toContain('<dt>&quot;王强&quot;</dt><dd>总经理</dd>');
    expect(html).toContain('安娜 &lt;领用&gt;');
  });
});
