import { currentLanguage } from '@/i18n/language';
import { networkProblem, problemFrom } from './problem';

const BASE = '/api/v1';
type Params = Readonly<Record<string, string | number | boolean | null | undefined>>;

let csrfToken: string | null = null;
export function setCsrfToken(token: string | null): void {
  csrfToken = token;
}

let signedOutListener: (() => void) | null = null;
/** Called once whenever the server no longer knows the session. */
export function onSignedOut(listener: () => void): void {
  signedOutListener = listener;
}

export function apiUrl(path: string, params: Params = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  const query = search.toString();
  return BASE + path + (query === '' ? '' : `?${query}`);
}

function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

type Call = Readonly<{
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  params?: Params;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
}>;

async function send<T>(call: Call): Promise<T> {
  const headers = new Headers(call.headers);
  headers.set('Accept', 'application/json, application/problem+json');
  headers.set('Accept-Language', currentLanguage());
  if (call.method !== 'GET' && csrfToken !== null) headers.set('X-CSRF-Token', csrfToken);
  if (call.body !== undefined) headers.set('Content-Type', 'application/json');
  let answer: Response;
  try {
    answer = await fetch(apiUrl(call.path, call.params), {
      method: call.method,
      headers,
      body: call.body === undefined ? undefined : JSON.stringify(call.body),
      credentials: 'same-origin',
      signal: call.signal,
    });
  } catch (error) {
    if (call.signal?.aborted) throw error;
    throw networkProblem();
  }
  const text = await answer.text();
  if (!answer.ok) {
    const problem = problemFrom(answer.status, text, answer.headers.get('Retry-After'));
    if (answer.status === 401 && call.path !== '/session') signedOutListener?.();
    throw problem;
  }
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

type Options = Readonly<{ signal?: AbortSignal; headers?: Readonly<Record<string, string>> }>;

export const api = {
  get: <T>(path: string, params?: Params, options?: Options) =>
    send<T>({ method: 'GET', path, params, ...options }),
  /** A POST that only asks: queries and rankings. */
  ask: <T>(path: string, body: unknown, options?: Options) =>
    send<T>({ method: 'POST', path, body, ...options }),
  /** A POST that writes; a repeated send of the same call is answered from the first. */
  post: <T>(path: string, body?: unknown) =>
    send<T>({ method: 'POST', path, body, headers: { 'Idempotency-Key': randomKey() } }),
  put: <T>(path: string, body: unknown) => send<T>({ method: 'PUT', path, body }),
  patch: <T>(path: string, body: unknown, options?: Options) =>
    send<T>({ method: 'PATCH', path, body, ...options }),
  remove: <T = undefined>(path: string, body?: unknown) => (
    send<T>({ method: 'DELETE', path, body })
  ),
};

/** Uploads a file with progress; fetch cannot report what has been sent. */
export function upload<T>(
  path: string, file: File, onProgress: (share: number) => void, signal?: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', apiUrl(path));
    request.setRequestHeader('Accept-Language', currentLanguage());
    if (csrfToken !== null) request.setRequestHeader('X-CSRF-Token', csrfToken);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onerror = () => {
      reject(networkProblem());
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        resolve(JSON.parse(request.responseText) as T);
        return;
      }
      const header = request.getResponseHeader('Retry-After');
      reject(problemFrom(request.status, request.responseText, header));
    };
    signal?.addEventListener('abort', () => {
      request.abort();
    });
    const form = new FormData();
    form.append('file', file, file.name);
    request.send(form);
  });
}
