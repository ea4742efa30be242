import type { Translate } from '@/i18n/use-text';
import type { Problem } from './problem';

const TEXT_KEYS: Readonly<Record<string, string>> = {
  network: 'problem.network',
  unauthenticated: 'problem.unauthenticated',
  forbidden: 'problem.forbidden',
  not_found: 'problem.not_found',
  overloaded: 'problem.overloaded',
  query_too_expensive: 'problem.query_too_expensive',
  rate_limited: 'problem.rate_limited',
  payload_too_large: 'problem.payload_too_large',
  version_conflict: 'problem.version_conflict',
};

/** What happened, in plain words: the server's own sentence first, else ours for the code. */
export function problemText(problem: Problem, t: Translate): string {
  const own = TEXT_KEYS[problem.code];
  if (problem.code === 'network' && own) return t(own);
  const [first] = problem.errors;
  if (first && problem.errors.length === 1) return first.message;
  if (problem.message !== '') return problem.message;
  return own ? t(own) : t('problem.unexpected');
}
