import { describe, expect, it } from 'vitest';
import { errorsByField, problemFrom } from './problem';

describe('problems', () => {
  it('keeps code, sentence and field errors', () => {
    const problem = problemFrom(422, JSON.stringify({
      status: 422, code: 'validation_failed', title: '校验失败',
      errors: [
        { field: 'code', code: 'duplicate', message: '编码已存在' },
        { field: 'code', code: 'too_long', message: '太长' },
        { pointer: '/fields/name', code: 'required', message: '必填' },
      ],
    }), null);
    expect(problem.code).toBe('validation_failed');
    expect(problem.message).toBe('校验失败');
    expect(errorsByField(problem)).toEqual({ code: '编码已存在', name: '必填' });
  });

  it('reads how long to wait', () => {
    const problem = problemFrom(429, '{"code":"rate_limited"}', '300');
    expect(problem.retryAfterSeconds).toBe(300);
  });

  it('makes sense of an answer that is no problem document', () => {
    const problem = problemFrom(502, '<html>Bad gateway</html>', null);
    expect(problem.code).toBe('server_error');
    expect(problem.retryable).toBe(true);
    expect(problemFrom(404, '', null).code).toBe('not_found');
  });
});
