import type { FieldError, ProblemBody } from './types';

/** A refusal of the server, or `network` when no answer came at all. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly FieldError[];
  readonly retryable: boolean;
  readonly retryAfterSeconds: number | null;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(parts: {
    status: number; code: string; title: string; errors?: readonly FieldError[];
    retryable?: boolean; retryAfterSeconds?: number | null; body?: Record<string, unknown>;
  }) {
    super(parts.title);
    this.name = 'Problem';
    this.status = parts.status;
    this.code = parts.code;
    this.errors = parts.errors ?? [];
    this.retryable = parts.retryable ?? false;
    this.retryAfterSeconds = parts.retryAfterSeconds ?? null;
    this.body = parts.body ?? {};
  }
}

const CODES_BY_STATUS: Readonly<Record<number, string>> = {
  400: 'malformed', 401: 'unauthenticated', 403: 'forbidden', 404: 'not_found',
  409: 'duplicate', 412: 'version_conflict', 413: 'payload_too_large',
  422: 'validation_failed', 428: 'precondition_required', 429: 'rate_limited',
  503: 'overloaded',
};

function retryAfter(header: string | null): number | null {
  if (header === null) return null;
  const seconds = Number(header);
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : null;
}

/** Turns any failing answer into a Problem, also when a proxy sent HTML instead of a problem. */
export function problemFrom(status: number, text: string, retryHeader: string | null): Problem {
  let body: ProblemBody & Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) body = { ...parsed };
  } catch {
    body = {};
  }
  return new Problem({
    status,
    code: body.code ?? CODES_BY_STATUS[status] ?? (status >= 500 ? 'server_error' : 'refused'),
    title: body.detail ?? body.title ?? '',
    errors: body.errors,
    retryable: body.retryable ?? status >= 500,
    retryAfterSeconds: retryAfter(retryHeader),
    body,
  });
}

export function networkProblem(): Problem {
  return new Problem({ status: 0, code: 'network', title: '', retryable: true });
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const title = error instanceof Error ? error.message : String(error);
  return new Problem({ status: 0, code: 'unexpected', title });
}

/** The messages of a validation failure by field, the first one of each. */
export function errorsByField(problem: Problem): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const error of problem.errors) {
    const field = error.field ?? error.pointer?.split('/').pop() ?? '';
    found[field] ??= error.message;
  }
  return found;
}
