import { describe, expect, it } from 'vitest';
import { agentName } from './agent-name';

describe('what a browser calls itself', () => {
  it('is told in two words', () => {
    expect(agentName('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like '
      + 'Gecko) Chrome/130.0.0.0 Safari/537.36')).toBe('Chrome · Windows');
    expect(agentName('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like '
      + 'Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0')).toBe('Edge · Windows');
    expect(agentName('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 '
      + '(KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50')).toBe('WeChat · iPhone');
    expect(agentName('Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 (KHTML, '
      + 'like Gecko) Version/18.0 Safari/605.1.15')).toBe('Safari · macOS');
  });

  it('stays unknown when it says nothing', () => {
    expect(agentName('')).toBeNull();
    expect(agentName('curl/8.9')).toBeNull();
  });
});
